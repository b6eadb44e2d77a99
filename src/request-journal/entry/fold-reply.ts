import type { Schemas } from '../../contract/types.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { RecordedReply } from '../recorded-reply.ts';
import { decodeEvents } from './decode-events.ts';
import { foldChat } from './fold-chat.ts';

type Reply = Schemas['JournalReply'];
type Answer = Pick<Reply, 'text' | 'tool_calls'>;

const terminal = /^response\.(completed|incomplete|failed)$/;

/** Folds a reply, as far as it was sent. Returns `undefined` if nothing was sent. */
export function foldReply(reply: RecordedReply): Reply | undefined {
  if (reply.length === 0 && !reply.isTruncated) return undefined;
  const { text, isTruncated: truncated } = reply;
  if (reply.isStream) return { ...foldStream(text), truncated };
  const body = tryParseJson(text) ?? null;
  return { body, ...readAnswer(body), events: 0, truncated };
}

function foldStream(text: string): Omit<Reply, 'truncated'> {
  const { events, count } = decodeEvents(text);
  const { completion, isComplete } = foldChat(events);
  if (completion) return { body: isComplete ? completion : null, ...readAnswer(completion), events: count };
  const response = events.find(({ type }) => typeof type === 'string' && terminal.test(type))?.['response'];
  if (response !== undefined) return { body: response, ...readAnswer(response), events: count };
  return { body: null, text: joinDeltas(events), tool_calls: [], events: count };
}

/** Returns the text of a response without its terminal event. */
function joinDeltas(events: readonly Record<string, unknown>[]): string | null {
  const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
  return deltas.length === 0 ? null : deltas.map(({ delta }) => String(delta)).join('');
}

/** Reads the answer of a response or a chat completion. */
function readAnswer(body: unknown): Answer {
  if (!isObject(body)) return { text: null, tool_calls: [] };
  const { output, choices } = body;
  if (Array.isArray(output)) return readOutput(output.filter(isObject));
  const message = Array.isArray(choices) ? choices[0]?.message : undefined;
  if (!isObject(message)) return { text: null, tool_calls: [] };
  const calls = Array.isArray(message['tool_calls']) ? message['tool_calls'] : [];
  const text = typeof message['content'] === 'string' ? message['content'] : null;
  return { text, tool_calls: calls.flatMap((call) => toCall(call?.function) ?? []) };
}

function readOutput(items: readonly Record<string, unknown>[]): Answer {
  const parts = items.flatMap(({ type, content }) => (type === 'message' && Array.isArray(content) ? content : []));
  const texts = parts.flatMap((part) => (part?.type === 'output_text' ? [String(part.text)] : []));
  const calls = items.filter(({ type }) => type === 'function_call');
  return { text: texts.length === 0 ? null : texts.join(''), tool_calls: calls.flatMap((call) => toCall(call) ?? []) };
}

function toCall(call: unknown): Schemas['JournalToolCall'] | undefined {
  return isObject(call) ? { name: String(call['name']), arguments: String(call['arguments']) } : undefined;
}
