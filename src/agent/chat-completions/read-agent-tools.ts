import { createCallId } from '../../ids.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEvent } from '../agent-client.ts';
import { toProgressCall, toProgressResult } from '../upstream/progress-call.ts';
import type { ChatDelta } from './chat-chunk.ts';

/** Names of events about a tool that the agent runs itself, such as `hermes.tool.progress`. */
const toolEvent = /(^|[._-])tools?([._-]|$)/i;
const ended = /complete|done|finish|success|fail|error|cancel/i;

/** Whether an event of this name may be about a tool. */
export const isToolEvent = (event: string): boolean => toolEvent.test(event);

/** Reads the tools that an agent runs itself during a chat stream: its events about them, and messages of the role `tool`. */
export class AgentToolReader {
  /** Calls without a result, by the upstream's ids. */
  readonly #open = new Set<string>();
  /** The message of the role `tool` that is being read. */
  #result: { callId: string; text: string } | undefined;

  /** Whether the agent has run a tool. */
  hasRun = false;

  /** Whether a message of the role `tool` is being read. */
  get isReadingResult(): boolean {
    return this.#result !== undefined;
  }

  /** Translates an event about a tool; none without the tool's name. `event` tells its status if the data does not. */
  readProgress(data: Record<string, unknown>, event: string): AgentEvent[] {
    const name = findText(data, ['tool', 'tool_name', 'toolName', 'name']);
    if (name === undefined) return [];
    this.hasRun = true;
    const callId = findText(data, ['toolCallId', 'tool_call_id', 'call_id', 'id']) ?? createCallId();
    const status = findText(data, ['status']) ?? event.slice(event.search(/[^._-]*$/));
    const events = this.#open.has(callId) ? [] : toProgressCall(callId, name, findText(data, ['label', 'preview']));
    this.#open.add(callId);
    // An event without an id cannot be followed by another one of its tool.
    const isEnd = ended.test(status) || !Object.values(data).includes(callId);
    if (isEnd && this.#open.delete(callId)) events.push(toProgressResult(callId, status));
    return events;
  }

  /**
   * Adds a piece of a message of the role `tool`, by default for the last of these calls. Returns the result before it,
   * when this one belongs to another call, and the call when it has not been sent.
   */
  addResult({ tool_call_id: id, content, name }: ChatDelta, callIds: Set<string>): AgentEvent[] {
    this.hasRun = true;
    const sent = typeof id === 'string' && id !== '' ? id : this.#result?.callId;
    const callId = sent ?? [...callIds].at(-1) ?? createCallId();
    const events = this.#result && this.#result.callId !== callId ? this.endResult() : [];
    if (!callIds.has(callId))
      events.push(...toProgressCall(callId, typeof name === 'string' ? name : 'tool', undefined));
    callIds.add(callId);
    this.#result ??= { callId, text: '' };
    this.#result.text += toText(content);
    return events;
  }

  /** Returns the result that was being read. */
  endResult(): AgentEvent[] {
    if (this.#result === undefined) return [];
    const { callId, text } = this.#result;
    this.#result = undefined;
    return [{ type: 'tool-result', callId, output: text }];
  }
}

function findText(data: Record<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}
