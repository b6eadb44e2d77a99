import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Fields } from './body-form.ts';
import { type CommonPart, isThought, readOutput, readPart } from './common-part.ts';
import { linkCalls } from './link-calls.ts';
import { mapList, toArguments, toJsonText } from './values.ts';

/**
 * Returns messages in the form of Chat Completions. Items of the Responses API become messages: a call joins the
 * assistant message before it, an output becomes a tool message. Reasoning and items of hosted tools are left out, as
 * for any agent that cannot read them.
 */
export function toChatMessages(elements: readonly unknown[]): unknown[] {
  const messages: unknown[] = [];
  for (const element of elements) addElement(messages, element);
  linkCalls(messages);
  return messages;
}

function addElement(messages: unknown[], element: unknown): void {
  if (!isObject(element) || element['role'] !== undefined) {
    messages.push(isObject(element) ? toMessage(element) : element);
    return;
  }
  switch (element['type']) {
    case 'function_call':
      addCall(messages, { type: 'function', function: toFunction(element) }, element);
      return;
    case 'custom_tool_call':
      addCall(messages, { type: 'custom', custom: toCustom(element) }, element);
      return;
    case 'function_call_output':
    case 'custom_tool_call_output':
      messages.push({
        role: 'tool',
        tool_call_id: element['call_id'],
        content: readOutput(element['output'], toChatPart),
      });
      return;
    default:
      addOther(messages, element);
  }
}

/** Adds a bare content part. Keeps what cannot be read, for an error that names it. */
function addOther(messages: unknown[], element: Fields): void {
  const part = readPart(element);
  if (part) messages.push({ role: 'user', content: [toChatPart(part)] });
  else if (typeof element['type'] !== 'string' || element['type'] === 'item_reference') messages.push(element);
}

function addCall(messages: unknown[], call: Fields, { call_id: id }: Fields): void {
  const last = messages.at(-1);
  const calls = isObject(last) && last['role'] === 'assistant' ? (last['tool_calls'] ?? []) : undefined;
  if (isObject(last) && Array.isArray(calls)) last['tool_calls'] = [...calls, { id, ...call }];
  else messages.push({ role: 'assistant', content: null, tool_calls: [{ id, ...call }] });
}

function toMessage({ type: _type, id: _id, status: _status, ...message }: Fields): Fields {
  const { role, content, tool_calls: calls, function_call: call } = message;
  return {
    ...message,
    ...('content' in message ? { content: toContent(role, content) } : {}),
    ...(calls ? { tool_calls: mapList(calls, toToolCall) } : {}),
    ...(isObject(call) ? { function_call: toFunction(call) } : {}),
  };
}

/** Clients send an empty setting as a system message with `null`. */
const isInstruction = (role: unknown): boolean => role === 'system' || role === 'developer';

function toContent(role: unknown, content: unknown): unknown {
  if (role === 'tool') return readOutput(content, toChatPart);
  if (isObject(content)) return readPart(content) ? toContent(role, [content]) : content;
  if (!Array.isArray(content)) return content === null && isInstruction(role) ? '' : content;
  const parts = role === 'assistant' ? content.filter((part) => !isThought(part)) : content;
  return parts.map((part) => {
    const common = readPart(part);
    return common ? toChatPart(common) : part;
  });
}

function toChatPart(part: CommonPart): Fields {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image_url', image_url: { url: part.url, ...omitUndefined({ detail: part.detail }) } };
    case 'file':
      return { type: 'file', file: part.file };
    default:
      return part satisfies never;
  }
}

function toToolCall(call: unknown): unknown {
  if (!isObject(call)) return call;
  if (isObject(call['function'])) return { ...call, type: 'function', function: toFunction(call['function']) };
  if (isObject(call['custom'])) return { ...call, type: 'custom', custom: toCustom(call['custom']) };
  if (typeof call['name'] !== 'string') return call;
  return { id: call['id'], type: 'function', function: toFunction(call) };
}

const toFunction = ({ name, arguments: value, args }: Fields): Fields => ({
  name,
  arguments: toArguments(value ?? args),
});

const toCustom = ({ name, input }: Fields): Fields => ({ name, input: toJsonText(input, '') });
