import { isObject } from '../../json/is-object.ts';
import { type Fields, toFieldsList, toStringOf } from '../fields.ts';
import { toObjectText } from '../request/to-object-text.ts';
import { isCall, isOutput } from './past-items.ts';

/**
 * Returns items as the upstream takes them. Items that this server made lose their ids and statuses, which the upstream
 * does not know. Items of other kinds pass as they came: approvals refer to their ids.
 */
export function toUpstreamItems(items: readonly Fields[], agent: string): Fields[] {
  return items
    .map((item, index) => toUpstreamItem(item, { agent, next: items[index + 1] }))
    .filter((item) => item !== undefined);
}

interface ItemContext {
  agent: string;
  /** The item that follows. */
  next: Fields | undefined;
}

function toUpstreamItem(item: Fields, context: ItemContext): Fields | undefined {
  const { id, status, ...rest } = item;
  switch (item['type']) {
    case 'message':
      return toMessage(rest);
    case 'reasoning':
      return toReasoning(item, context);
    case 'function_call':
      return { ...rest, arguments: toObjectText(toStringOf(item['arguments'])) };
    case 'custom_tool_call':
    case 'function_call_output':
    case 'custom_tool_call_output':
      return rest;
    case 'compaction':
      return { id, ...rest };
    // Its tools are offered with the request.
    case 'additional_tools':
      return undefined;
    default:
      return item;
  }
}

/** Omits system messages, whose text is part of the instructions. */
function toMessage({ type, role, content, phase }: Fields): Fields | undefined {
  if (role === 'system' || role === 'developer') return undefined;
  const parts = Array.isArray(content) ? content.map(toPart) : content;
  return { type, role, content: parts, ...(phase === undefined ? {} : { phase }) };
}

function toPart(part: unknown): unknown {
  if (!isObject(part) || part['type'] !== 'output_text') return part;
  const { logprobs, ...rest } = part;
  return rest;
}

/**
 * Encrypted content goes back only to the agent that made it, without the id: an upstream checks that both belong
 * together. Reasoning that no output of the model follows is refused, so it is omitted.
 */
function toReasoning(item: Fields, { agent, next }: ItemContext): Fields | undefined {
  if (!next || next['role'] === 'user' || isOutput(next)) return undefined;
  const { type, summary, content, agent_encrypted: own, encrypted_content: sent, id } = item;
  const shown = { type, summary: toFieldsList(summary), ...(hasText(content) ? { content } : {}) };
  const encrypted = isObject(own) ? (own['agent'] === agent ? own['content'] : undefined) : sent;
  if (toStringOf(encrypted) !== '') return { ...shown, encrypted_content: encrypted };
  return hasText(summary) || hasText(content) ? { id, ...shown } : undefined;
}

const hasText = (parts: unknown): boolean => toFieldsList(parts).some(({ text }) => toStringOf(text) !== '');

/** The output of a call that has none. Upstreams refuse a call without an output. */
const noOutput = 'No output was recorded for this call.';

/**
 * Returns the items with an output after each call, and without outputs of unknown calls, which become messages of the
 * user.
 */
export function pairCalls(items: readonly Fields[]): Fields[] {
  const outputs = new Set(items.filter(isOutput).map(({ call_id: id }) => id));
  const calls = new Set(items.filter((item) => hasOutput(item)).map(({ call_id: id }) => id));
  return items.flatMap((item) => {
    if (isOutput(item) && !calls.has(item['call_id'])) return toUserMessage(item);
    if (!isCall(item) || outputs.has(item['call_id'])) return [item];
    return [item, { type: `${item['type']}_output`, call_id: item['call_id'], output: noOutput }];
  });
}

/** Whether a call of any kind may have an output of the client. */
const hasOutput = (item: Fields): boolean => item['call_id'] !== undefined && !isOutput(item);

function toUserMessage({ output }: Fields): Fields[] {
  const content = typeof output === 'string' ? [{ type: 'input_text', text: output }] : toFieldsList(output);
  return content.length > 0 ? [{ type: 'message', role: 'user', content }] : [];
}
