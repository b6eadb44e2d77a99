import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Fields } from './body-form.ts';
import { type CommonPart, readOutput, readPart } from './common-part.ts';
import { toJsonText } from './values.ts';

/** Returns items in the form of the Responses API. Messages of Chat Completions with calls and outputs become items. */
export const toResponseItems = (elements: readonly unknown[]): unknown[] => elements.flatMap(toItems);

function toItems(element: unknown): unknown {
  if (!isObject(element)) return element;
  if (element['role'] === 'tool') return fromToolMessage(element);
  if (element['role'] !== undefined) return fromMessage(element);
  switch (element['type']) {
    case 'function_call':
      return { ...element, arguments: toJsonText(element['arguments'], '{}') };
    case 'custom_tool_call':
      return { ...element, input: toJsonText(element['input'], '') };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { ...element, output: readOutput(element['output'], toInputPart) };
    case 'item_reference':
    case undefined:
    case null:
      return element;
    default: {
      const part = readPart(element);
      return part ? toInputPart(part) : element;
    }
  }
}

function fromToolMessage({ tool_call_id, content }: Fields): Fields {
  return { type: 'function_call_output', call_id: tool_call_id, output: readOutput(content, toInputPart) };
}

function fromMessage({ tool_calls: calls, ...message }: Fields): unknown[] {
  const { content } = message;
  const item = Array.isArray(content) ? { ...message, content: content.map(toContentPart) } : message;
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
  return { type: 'function_call', call_id, name, arguments: toJsonText(value, '{}') };
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
