import type { Schemas } from '../contract/types.ts';
import { dropAbsent } from '../drop-absent.ts';
import { ApiError } from '../errors/api-error.ts';
import { createItemId, type ItemIdPrefix } from '../ids.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { toStoredParts } from './to-stored-parts.ts';

type Input = Schemas['ResponseInput'] | null | undefined;
type InputElement = Exclude<Schemas['ResponseInput'], string>[number];
type Message = Schemas['InputMessage'];
type OtherItem = Exclude<InputElement, string | Message>;

const idPrefixes: Partial<Record<string, ItemIdPrefix>> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
  compaction: 'cmp',
};

/**
 * The input as items in their full form: text and bare parts become user messages, string content becomes parts, and
 * every item has its id, status and lists, so that what is stored reads the same however it was sent. Element n of the
 * input is item n. References are left for `resolveReferences`.
 */
export function toInputItems(input: Input): StoredItem[] {
  if (input === undefined || input === null) {
    throw new ApiError('missing_required_parameter', "Missing required parameter: 'input'.", { param: 'input' });
  }
  return (typeof input === 'string' ? [input] : input).map(toInputItem);
}

function toInputItem(element: InputElement): StoredItem {
  if (typeof element === 'string') return toMessageItem({ role: 'user', content: element });
  if (isMessage(element)) return toMessageItem(element);
  switch (element.type) {
    case 'input_text':
    case 'input_image':
    case 'input_file':
    case 'output_text':
      return toMessageItem({ role: 'user', content: [element] });
    case undefined:
    case null:
    case 'item_reference':
      return { type: 'item_reference', id: element.id };
    case 'compaction_trigger':
      return { type: 'compaction_trigger', id: createItemId('item') };
    default:
      return { ...dropAbsent(element), ...toIdentity(element), ...toLists(element) };
  }
}

function isMessage(element: Exclude<InputElement, string>): element is Message {
  return 'role' in element && (element.type === undefined || element.type === 'message');
}

function toMessageItem(message: Message): StoredItem {
  const { role, content } = message;
  return {
    ...dropAbsent(message),
    ...toIdentity({ ...message, type: 'message' }),
    role,
    content: toStoredParts(content, role === 'assistant' ? 'model' : 'client'),
  };
}

/** What every item has. A status that is none of an item's is that of something that has ended. */
function toIdentity(element: { type: string }): { id: string; type: string; status: string } {
  const id = 'id' in element && typeof element.id === 'string' ? element.id : undefined;
  const status = 'status' in element && isStatus(element.status) ? element.status : 'completed';
  return { id: id ?? createItemId(idPrefixes[element.type] ?? 'item'), type: element.type, status };
}

const isStatus = (status: unknown): status is string =>
  typeof status === 'string' && ['in_progress', 'completed', 'incomplete', 'failed'].includes(status);

/** The fields that a kind of item always has. */
function toLists(element: OtherItem): Record<string, unknown> {
  switch (element.type) {
    case 'reasoning':
      return { summary: element.summary ?? [] };
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const { output, call_id } = element;
      return { call_id: call_id ?? '', output: typeof output === 'string' ? output : toStoredParts(output, 'client') };
    }
    case 'additional_tools':
      return { role: element.role ?? 'developer' };
    default:
      return {};
  }
}
