import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { createItemId, type ItemIdPrefix } from '../ids.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { toKindFields } from './to-kind-fields.ts';
import { toStoredParts } from './to-stored-parts.ts';

type Input = Schemas['ResponseInput'] | null | undefined;
type InputElement = Exclude<Schemas['ResponseInput'], string>[number];
type Message = Schemas['InputMessage'];

const idPrefixes: Partial<Record<string, ItemIdPrefix>> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
  compaction: 'cmp',
  mcp_call: 'mcp',
  mcp_list_tools: 'mcpl',
  mcp_approval_request: 'mcpr',
};

/**
 * Returns the input as items in their full form, so that stored items do not depend on how they were sent. Text and
 * bare parts become user messages, string content becomes parts, and every item has its id, status and lists. Element n
 * becomes item n. References stay references. `list` is the request field, for errors.
 */
export function toInputItems(input: Input, list: 'input' | 'items' = 'input'): StoredItem[] {
  if (input === undefined || input === null) {
    throw new ApiError('missing_required_parameter', `Missing required parameter: '${list}'.`, { param: list });
  }
  const elements = typeof input === 'string' ? [input] : input;
  return elements.map((element, index) => toInputItem(element, `${list}[${index}]`));
}

function toInputItem(element: InputElement, param: string): StoredItem {
  if (typeof element === 'string') return toMessageItem({ role: 'user', content: element }, param);
  if (isMessage(element)) return toMessageItem(element, param);
  switch (element.type) {
    case 'input_text':
    case 'input_image':
    case 'input_file':
    case 'output_text':
      return toMessageItem({ role: 'user', content: [element] }, param);
    case undefined:
    case null:
    case 'item_reference':
      return { type: 'item_reference', id: element.id };
    case 'compaction_trigger':
      return { type: 'compaction_trigger', id: createItemId('item') };
    case 'configuration_update':
      // Only the known fields: the rest is null.
      return { ...toIdentity(element), ...toKindFields(element, param) };
    default:
      return { ...omitUndefined(element), ...toIdentity(element), ...toKindFields(element, param) };
  }
}

function isMessage(element: Exclude<InputElement, string>): element is Message {
  return 'role' in element && (element.type === undefined || element.type === 'message');
}

function toMessageItem(message: Message, param: string): StoredItem {
  const { role, content } = message;
  const author = role === 'assistant' ? 'model' : 'client';
  return {
    ...omitUndefined(message),
    ...toIdentity({ ...message, type: 'message' }),
    role,
    content: toStoredParts(content, { author, param: `${param}.content` }),
  };
}

/** The fields that every item has. */
function toIdentity(element: { type: string }): { id: string; type: string; status: string } {
  const { type } = element;
  const sentId = 'id' in element && typeof element.id === 'string' ? element.id : '';
  const id = sentId || createItemId(idPrefixes[type] ?? 'item');
  return { id, type, status: toStatus(type, 'status' in element ? element.status : undefined) };
}

/** Returns the status sent, or that of an ended item for a status its type does not have. */
function toStatus(type: string, status: unknown): string {
  if (typeof status !== 'string') return 'completed';
  if (type === 'message' && !['in_progress', 'completed', 'incomplete'].includes(status)) return 'completed';
  if (type === 'computer_call_output' && status === 'in_progress') return 'incomplete';
  return status;
}
