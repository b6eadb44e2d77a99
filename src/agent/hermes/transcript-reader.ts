import { isObject } from '../../json/is-object.ts';
import type { AgentEvent } from '../agent-client.ts';
import type { HermesMessage, HermesTranscript } from './hermes-event.ts';

/** Finds the calls and results of one run in its session's transcript, which has the turns before it, too. */
export class TranscriptReader {
  #sessionId: string | undefined;
  /** The id of the last message read. */
  #lastId: number | undefined;
  /** The ids under which calls were emitted, by the ids that the model gave them. */
  readonly #callIds = new Map<string, string>();
  /** Emitted calls without a result. */
  readonly #open = new Set<string>();
  /** Number of calls and of results so far. */
  calls = 0;
  results = 0;

  /** Returns the events of the messages that were added since the last read. */
  read({ sessionId, messages }: HermesTranscript): AgentEvent[] {
    // Compressing a session copies its messages to another one, with other ids.
    const isCopy = this.#sessionId !== undefined && sessionId !== this.#sessionId;
    this.#sessionId = sessionId;
    const lastId = this.#lastId ?? toTurnStart(messages);
    const events: AgentEvent[] = [];
    for (const message of messages) {
      const id = toId(message);
      if (id <= lastId) continue;
      this.#lastId = id;
      if (message.role === 'assistant') this.#readCalls(message, isCopy, events);
      else if (message.role === 'tool') this.#readResult(message, events);
    }
    return events;
  }

  #readCalls({ id, reasoning, tool_calls: calls }: HermesMessage, isCopy: boolean, events: AgentEvent[]): void {
    const added = toCalls(calls).filter((call) => !(isCopy && this.#callIds.has(call.id)));
    if (added.length === 0) return;
    if (typeof reasoning === 'string' && reasoning !== '') {
      events.push({ type: 'reasoning-start' }, { type: 'reasoning-delta', text: reasoning }, { type: 'reasoning-end' });
    }
    for (const call of added) {
      // Some models number the calls of each step from zero.
      const callId = this.#callIds.has(call.id) ? `${call.id}_${id}` : call.id;
      this.#callIds.set(call.id, callId);
      this.#open.add(callId);
      this.calls += 1;
      events.push(
        { type: 'tool-call-start', callId, name: call.name, agentRuns: true },
        { type: 'tool-call-delta', callId, arguments: call.arguments },
        { type: 'tool-call-end', callId },
      );
    }
  }

  #readResult({ content, tool_call_id: id }: HermesMessage, events: AgentEvent[]): void {
    const callId = typeof id === 'string' ? this.#callIds.get(id) : undefined;
    if (callId === undefined || !this.#open.delete(callId)) return;
    this.results += 1;
    events.push({ type: 'tool-result', callId, output: toText(content) });
  }
}

interface Call {
  id: string;
  name: string;
  arguments: string;
}

function toCalls(calls: unknown): Call[] {
  if (!Array.isArray(calls)) return [];
  return calls.filter(isObject).flatMap(({ id, function: called }) => {
    if (typeof id !== 'string' || !isObject(called) || typeof called['name'] !== 'string') return [];
    return [{ id, name: called['name'], arguments: toText(called['arguments']) }];
  });
}

/** Returns the id of the message that this run answers: the last of the user's. */
function toTurnStart(messages: readonly HermesMessage[]): number {
  return toId(messages.findLast(({ role }) => role === 'user') ?? {});
}

const toId = ({ id }: HermesMessage): number => (typeof id === 'number' ? id : 0);

/** Results may be lists of parts, arguments may be objects: both are told as JSON. */
const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
