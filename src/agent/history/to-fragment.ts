import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { AgentHistory, AgentMessage, AgentPart, AgentToolCall } from '../agent-client.ts';
import { serializeBody } from '../serialize-body.ts';
import type { PlainMessage } from './plain-message.ts';

type AssistantMessage = Extract<AgentMessage, { role: 'assistant' }>;

type Past = Pick<AgentHistory, 'messages' | 'openCalls'>;

/** The messages of one turn, which requests of later turns send as they are. */
export interface Fragment {
  /** JSON texts of Chat Completions, separated by commas. */
  messages: string;
  /** The ids of the calls at its end. */
  openCalls: readonly string[];
}

/**
 * Returns the fragment of a turn. `undefined`: a later request may have to change its messages, or they hold more than
 * texts, reasoning and calls. `history`: the conversation before the turn.
 */
export function toFragment(messages: readonly AgentMessage[], history: Past | undefined): Fragment | undefined {
  // It would be joined with the answer before it.
  if (history && messages[0]?.role === 'assistant') return undefined;
  const writer = new FragmentWriter(history);
  return messages.every((message) => writer.add(message)) ? writer.end() : undefined;
}

/** Accepts messages that need no repair: each output follows the message with its call, and each call has one. */
class FragmentWriter {
  readonly #history: Past | undefined;
  readonly #texts: string[] = [];
  readonly #callIds = new Set<string>();
  /** The calls that the next messages answer. */
  #openCalls: readonly string[];
  readonly #outputs = new Map<string, string>();

  constructor(history: Past | undefined) {
    this.#history = history;
    this.#openCalls = history?.openCalls ?? [];
  }

  /** Returns `false` for a message that does not fit. */
  add(message: AgentMessage): boolean {
    if (message.role === 'tool') return this.#addOutput(message.callId, message.content);
    if (this.#openCalls.length > 0) return false;
    return message.role === 'user' ? this.#addUser(message) : this.#addAnswer(message);
  }

  end(): Fragment | undefined {
    return this.#outputs.size > 0 ? undefined : { messages: this.#texts.join(','), openCalls: this.#openCalls };
  }

  #addUser({ content, name }: Extract<AgentMessage, { role: 'user' }>): boolean {
    if (name !== undefined || !isText(content)) return false;
    const [first] = content;
    return this.#write({ role: 'user', content: content.length > 1 ? content : (first?.text ?? '') });
  }

  #addAnswer({ content, toolCalls, reasoning, refusal, name, provider }: AssistantMessage): boolean {
    const isPlain = (refusal ?? name ?? provider) === undefined && isText(content) && content.length <= 1;
    const text = toText(content);
    if (!isPlain || (text === '' && toolCalls.length === 0) || !toolCalls.every((call) => this.#isNew(call)))
      return false;
    this.#openCalls = toolCalls.map(({ callId }) => callId);
    return this.#write({
      role: 'assistant',
      content: text === '' ? null : text,
      ...(reasoning ? { reasoning_content: reasoning } : {}),
      ...(toolCalls.length > 0 ? { tool_calls: toolCalls.map(toPlainCall) } : {}),
    });
  }

  /** Writes the outputs in the order of their calls, once all are there. */
  #addOutput(callId: string, content: readonly AgentPart[]): boolean {
    const isAwaited = this.#openCalls.includes(callId) && !this.#outputs.has(callId);
    if (!isAwaited || !isText(content) || content.length > 1) return false;
    this.#outputs.set(callId, toText(content));
    if (this.#outputs.size < this.#openCalls.length) return true;
    for (const id of this.#openCalls) {
      this.#write({ role: 'tool', tool_call_id: id, content: this.#outputs.get(id) ?? '' });
    }
    this.#openCalls = [];
    this.#outputs.clear();
    return true;
  }

  /** Whether a call needs no other id or arguments. An id that occurs anywhere in the history counts as used. */
  #isNew({ callId, arguments: text, provider }: AgentToolCall): boolean {
    const isUsed = this.#callIds.has(callId) || this.#history?.messages.includes(JSON.stringify(callId));
    this.#callIds.add(callId);
    return !isUsed && provider === undefined && isObject(tryParseJson(text));
  }

  #write(message: PlainMessage): true {
    this.#texts.push(serializeBody(message));
    return true;
  }
}

const isText = (parts: readonly AgentPart[]): parts is Extract<AgentPart, { type: 'text' }>[] =>
  parts.every(({ type }) => type === 'text');

const toText = ([first]: readonly AgentPart[]): string => (first?.type === 'text' ? first.text : '');

const toPlainCall = ({ callId, name, arguments: text }: AgentToolCall) => ({
  id: callId,
  type: 'function' as const,
  function: { name, arguments: text },
});
