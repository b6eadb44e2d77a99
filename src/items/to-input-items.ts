import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { createItemId, type ItemIdPrefix } from '../ids.ts';
import type { StoredItem } from '../store/stored-item.ts';

type Input = Schemas['ResponseInput'] | null | undefined;
type InputElement = Exclude<Schemas['ResponseInput'], string>[number];
type Message = Schemas['InputMessage'];

const idPrefixes: Partial<Record<string, ItemIdPrefix>> = {
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
  compaction: 'cmp',
};

/**
 * The input as items in their full form: text and bare parts become user messages, string content becomes parts, and
 * every item has an id, so that what is stored reads the same however it was sent. Element n of the input is item n.
 * References are left for `resolveReferences`.
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
      return { type: 'item_reference', id: element.id };
    default:
      return {
        ...element,
        status: ('status' in element ? element.status : null) ?? 'completed',
        id: ('id' in element ? element.id : null) ?? createItemId(idPrefixes[element.type] ?? 'item'),
      };
  }
}

function isMessage(element: Exclude<InputElement, string>): element is Message {
  return 'role' in element && (element.type === undefined || element.type === 'message');
}

function toMessageItem(message: Message): StoredItem {
  const { content } = message;
  const partType = message.role === 'assistant' ? 'output_text' : 'input_text';
  return {
    ...message,
    type: 'message',
    status: message.status ?? 'completed',
    id: message.id ?? createItemId('msg'),
    content: [content].flat().map((part) => (typeof part === 'string' ? { type: partType, text: part } : part)),
  };
}
