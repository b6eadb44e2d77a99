import { createHash } from 'node:crypto';
import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Fields } from './body-form.ts';
import { type CommonPart, isThought, readOutput, readPart } from './common-part.ts';
import { toArguments, toJsonText } from './values.ts';

/** Returns items in the form of the Responses API. Messages of Chat Completions with calls and outputs become items. */
export const toResponseItems = (elements: readonly unknown[]): unknown[] => elements.flatMap(toItems);

function toItems(element: unknown): unknown {
  if (!isObject(element)) return element;
  if (element['role'] === 'tool') return fromToolMessage(element);
  if (element['role'] !== undefined) return fromMessage(element);
  switch (element['type']) {
    case 'function_call':
      return { ...withCallId(element), arguments: toArguments(element['arguments']) };
    case 'custom_tool_call':
      return { ...withCallId(element), input: toJsonText(element['input'], '') };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { ...element, output: readOutput(element['output'], toInputPart) };
    case 'local_shell_call_output':
      // OpenAI's guide names the field `call_id`, its contract `id`.
      return withId({ ...element, id: element['id'] ?? element['call_id'] });
    case 'item_reference':
    case undefined:
    case null:
      return element;
    default: {
      const part = readPart(element);
      return part ? toInputPart(part) : withId(element);
    }
  }
}

/**
 * Clients that keep no state replay the items of hosted tools without the IDs that the contract requires. The ID depends
 * on the item alone: a request that is sent again must stay the same.
 */
function withId(item: Fields): Fields {
  if (item['id'] !== undefined && item['id'] !== null) return item;
  const hash = createHash('sha256').update(JSON.stringify(item)).digest('hex');
  return { ...item, id: `item_${hash.slice(0, 32)}` };
}

/** Some clients keep only the ID of a call. */
const withCallId = (call: Fields): Fields => ({ ...call, call_id: call['call_id'] ?? call['id'] });

function fromToolMessage({ tool_call_id, content }: Fields): Fields {
  return { type: 'function_call_output', call_id: tool_call_id, output: readOutput(content, toInputPart) };
}

function fromMessage({ tool_calls: calls, ...message }: Fields): unknown[] {
  const { content } = message;
  const item = 'content' in message ? { ...message, content: toContent(message['role'], content) } : message;
  if (!Array.isArray(calls)) return [item];
  return [...(content === null || content === undefined || content === '' ? [] : [item]), ...calls.map(fromCall)];
}

function fromCall(call: unknown): unknown {
  if (!isObject(call)) return call;
  const { id: call_id, function: definition, custom } = call;
  if (isObject(custom)) {
    return { type: 'custom_tool_call', call_id, name: custom['name'], input: toJsonText(custom['input'], '') };
  }
  if (!isObject(definition)) return call;
  const { name, arguments: value } = definition;
  return { type: 'function_call', call_id, name, arguments: toArguments(value) };
}

function toContent(role: unknown, content: unknown): unknown {
  if (content === null) return role === 'user' ? content : '';
  if (isObject(content)) return readPart(content) ? [toContentPart(content)] : content;
  return Array.isArray(content) ? content.filter((part) => !isThought(part)).map(toContentPart) : content;
}

function toContentPart(part: unknown): unknown {
  // The text of the model keeps its type and annotations.
  if (isObject(part) && part['type'] === 'output_text') return part;
  const common = readPart(part);
  return common ? toInputPart(common) : part;
}

function toInputPart(part: CommonPart): Fields {
  switch (part.kind) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image_url: part.url, ...omitUndefined({ detail: part.detail }) };
    case 'file':
      return { type: 'input_file', ...part.file };
    default:
      return part satisfies never;
  }
}
