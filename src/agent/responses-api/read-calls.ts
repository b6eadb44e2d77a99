import { createCallId } from '../../ids.ts';
import { withExactNumbers } from '../../json/exact-numbers.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import type { AgentEvent } from '../agent-client.ts';
import { type Fields, toStringOf } from '../fields.ts';
import { createUnnamedCall } from '../upstream/errors/unnamed-call.ts';
import type { ItemKey } from './read-blocks.ts';

interface OpenCall {
  callId: string;
  isCustom: boolean;
  /** Number of characters of the arguments, or of the input, that were sent. */
  sent: number;
  isEnded: boolean;
}

/** The party that must still run a call at the end of an answer. */
export type CallState = 'client' | 'agent' | 'none';

/**
 * Reads function calls and custom calls. A call of a tool that the client did not offer is one that the agent runs
 * itself. The input of a custom call becomes the argument of a function, the one form of a call that agents share.
 */
export class CallReader {
  readonly #events: AgentEvent[];
  readonly #clientTools: ReadonlySet<string>;
  readonly #calls = new Map<ItemKey, OpenCall>();
  /** The ids of calls without a result in this answer: those that the client runs, and the agent's own. */
  readonly #waiting = { client: new Set<string>(), agent: new Set<string>() };
  /** Whether no message has followed the calls. */
  isLast = false;

  /** Adds its events to `events`. `clientTools` has the names of the tools that the client runs. */
  constructor(events: AgentEvent[], clientTools: ReadonlySet<string>) {
    this.#events = events;
    this.#clientTools = clientTools;
  }

  /** `client`: the client must run a call. `agent`: the answer ends in a call that the agent did not run. */
  get state(): CallState {
    if (this.#waiting.client.size > 0) return 'client';
    return this.isLast && this.#waiting.agent.size > 0 ? 'agent' : 'none';
  }

  isClientTool(item: Fields): boolean {
    return this.#clientTools.has(toName(item));
  }

  /** Starts a call as soon as its name is known. Some servers send the arguments with it. */
  start(item: Fields, key: ItemKey): void {
    if (this.#calls.has(key) || toStringOf(item['name']) === '') return;
    const isClients = this.isClientTool(item);
    const sentId = toStringOf(item['call_id']) || toStringOf(item['id']);
    // Two calls of the client need two ids, because it answers each by its own.
    const callId = sentId === '' || (isClients && this.has(sentId)) ? createCallId() : sentId;
    const call = { callId, isCustom: item['type'] === 'custom_tool_call', sent: 0, isEnded: false };
    this.#calls.set(key, call);
    this.#waiting[isClients ? 'client' : 'agent'].add(callId);
    this.isLast = true;
    const name = toName(item);
    this.#events.push({ type: 'tool-call-start', callId, name, ...(isClients ? {} : { agentRuns: true }) });
    if (call.isCustom) this.#push(call, '{"input":"');
    this.#add(call, toText(item));
  }

  extend(key: ItemKey, delta: string): void {
    const call = this.#calls.get(key);
    if (call && !call.isEnded) this.#add(call, delta);
  }

  /**
   * Ends a call, with what is missing of its arguments. A call without any gets `{}`, because clients fail on an empty
   * string. Throws `upstream_error` for a call without a name.
   */
  finish(item: Fields, key: ItemKey): void {
    this.start(item, key);
    const call = this.#calls.get(key);
    if (!call && toText(item) !== '') throw createUnnamedCall();
    if (!call || call.isEnded) return;
    this.#add(call, toText(item).slice(call.sent));
    call.isEnded = true;
    if (call.isCustom) this.#push(call, '"}');
    else if (call.sent === 0) this.#add(call, '{}');
    this.#events.push({ type: 'tool-call-end', callId: call.callId });
  }

  /** Records that the answer has the result of a call. */
  settle(callId: string): void {
    this.#waiting.client.delete(callId);
    this.#waiting.agent.delete(callId);
  }

  /** Whether the answer has a call with this id. */
  has(callId: string): boolean {
    return this.#calls.values().some((call) => call.callId === callId);
  }

  #add(call: OpenCall, text: string): void {
    if (text === '') return;
    call.sent += text.length;
    this.#push(call, call.isCustom ? JSON.stringify(text).slice(1, -1) : text);
  }

  #push({ callId }: OpenCall, text: string): void {
    this.#events.push({ type: 'tool-call-delta', callId, arguments: text });
  }
}

const toName = ({ name, namespace }: Fields): string => toFlatName(toStringOf(name), toStringOf(namespace));

/** Returns the arguments or the input. Some servers send the arguments as an object. */
function toText({ type, input, arguments: text }: Fields): string {
  if (type === 'custom_tool_call') return toStringOf(input);
  return typeof text === 'object' && text !== null ? JSON.stringify(withExactNumbers(text)) : toStringOf(text);
}
