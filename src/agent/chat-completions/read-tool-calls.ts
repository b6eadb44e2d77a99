import { limits } from '../../config/limits.ts';
import { createCallId } from '../../ids.ts';
import { withExactNumbers } from '../../json/exact-numbers.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { AgentEvent } from '../agent-client.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { callProviderFields, mergeProviderFields, pickProviderFields } from '../request/provider-fields.ts';
import { createUnnamedCall } from '../upstream/errors/unnamed-call.ts';
import { toIndex } from '../upstream/to-index.ts';
import type { ChatFunctionDelta, ChatToolCallDelta } from './chat-chunk.ts';

interface OpenCall {
  callId: string;
  /** The id that the upstream sent, `undefined` until it sends one. */
  upstreamId: string | undefined;
  name: string;
  /** The arguments received so far. */
  arguments: string;
  /** Whether `{}` came first. It is held back, because some gateways send it ahead of the arguments. */
  isEmptyFirst: boolean;
  isStarted: boolean;
  provider: Record<string, unknown> | undefined;
}

/** How the calls of an answer ended. */
export interface CallsEnd {
  hadCalls: boolean;
  /** Whether the answer ended inside the arguments of a call. That call has no `tool-call-end`. */
  isCut: boolean;
}

/** Assembles the tool calls of one answer from their deltas. */
export interface ToolCallReader {
  read(deltas: readonly ChatToolCallDelta[], events: AgentEvent[]): void;
  /** Returns events that follow the calls, behind each `{}` that is held back. */
  release(next: AgentEvent[]): AgentEvent[];
  /**
   * Ends all calls. `isComplete`: the upstream said that the answer is whole. Otherwise a call is whole if its arguments
   * are valid JSON. Throws `upstream_error` for a call without a name.
   */
  end(events: AgentEvent[], isComplete: boolean): CallsEnd;
}

/**
 * Creates a reader that tolerates the differences between upstreams. A call arrives whole or in pieces. Its id may be
 * missing, late, repeated, new in each piece or shared by two calls; its name may be late, split or repeated; `index` and
 * `function` may be missing; its arguments may follow `{}`, or be repeated whole.
 * A call starts with its first argument text, when its name is complete, or when the next call begins. A call without
 * argument text gets `{}`, because clients fail on an empty string. `agent`: the name of the agent.
 */
export function createToolCallReader(agent?: string): ToolCallReader {
  const calls = new Map<number, OpenCall>();
  const callIds = new Set<string>();
  let hadCalls = false;
  let isCut = false;
  let providerBytes = 0;

  const addProviderFields = (call: OpenCall, delta: ChatToolCallDelta): void => {
    const fields = toProviderFields(delta);
    if (fields === undefined) return;
    providerBytes += JSON.stringify(fields).length;
    if (providerBytes > limits.answerProviderBytes) throw createAnswerTooLarge();
    call.provider ??= {};
    mergeProviderFields(call.provider, fields);
  };

  const end = (call: OpenCall, events: AgentEvent[], isComplete: boolean): void => {
    releaseEmpty(call, events);
    const isWhole = isComplete || tryParseJson(call.arguments) !== undefined;
    if (!endCall(call, events, { isComplete, isWhole, agent })) return;
    hadCalls = true;
    if (!isWhole) isCut = true;
  };

  const open = (index: number, delta: ChatToolCallDelta, events: AgentEvent[]): OpenCall => {
    for (const earlier of calls.values()) startNamed(earlier, events);
    const replaced = calls.get(index);
    if (replaced !== undefined) end(replaced, events, true);
    const call = {
      ...{ callId: '', upstreamId: undefined, name: '', arguments: '' },
      ...{ isEmptyFirst: false, isStarted: false, provider: undefined },
    };
    setId(call, delta.id, callIds);
    // Deleted first to keep the calls in the order in which they began.
    calls.delete(index);
    calls.set(index, call);
    // Each new call visits all earlier ones, so their number needs a bound.
    if (callIds.size > limits.answerItems) throw createAnswerTooLarge();
    return call;
  };

  return {
    read(deltas, events) {
      for (const [position, delta] of deltas.entries()) {
        const index = toIndex(delta.index) ?? position;
        let call = calls.get(index);
        if (call === undefined || beginsAnother(call, delta)) call = open(index, delta, events);
        else if (!call.isStarted && call.upstreamId === undefined) setId(call, delta.id, callIds);
        addProviderFields(call, delta);
        extend(call, delta, events);
      }
    },
    release(next) {
      if (calls.size === 0 || next.length === 0) return next;
      const held: AgentEvent[] = [];
      for (const call of calls.values()) releaseEmpty(call, held);
      return [...held, ...next];
    },
    end(events, isComplete) {
      for (const call of calls.values()) end(call, events, isComplete);
      calls.clear();
      return { hadCalls, isCut };
    },
  };
}

/**
 * Whether a delta begins another call at the same index: it has a new id, or a name after the arguments began. Some
 * servers make a new id for each piece of the arguments, and some repeat the name with each.
 */
function beginsAnother(call: OpenCall, delta: ChatToolCallDelta): boolean {
  const id = toText(delta.id);
  const { name, arguments: text } = functionOf(delta);
  const isOther =
    id !== '' && call.upstreamId !== undefined ? id !== call.upstreamId : call.isStarted && !!toText(name);
  if (!isOther) return false;
  const isPiece = call.arguments !== '' && toArgumentText(text) !== '' && (!toText(name) || name === call.name);
  return !isPiece || tryParseJson(call.arguments) !== undefined;
}

/** Some servers put the name and the arguments beside the id. */
const functionOf = (delta: ChatToolCallDelta): ChatFunctionDelta => delta.function ?? delta;

/** Sets the id of a call. An id that is not a string is ignored: clients could not send it back. */
function setId(call: OpenCall, id: unknown, callIds: Set<string>): void {
  call.upstreamId = toText(id) || undefined;
  call.callId = call.upstreamId === undefined || callIds.has(call.upstreamId) ? createCallId() : call.upstreamId;
  callIds.add(call.callId);
}

function extend(call: OpenCall, delta: ChatToolCallDelta, events: AgentEvent[]): void {
  const { name: ownName, arguments: ownArguments } = functionOf(delta);
  const name = toText(ownName);
  // Some upstreams repeat the complete name in later deltas.
  if (name && !call.isStarted && name !== call.name) call.name += name;
  const text = toArgumentText(ownArguments);
  if (text === '' || isRepeated(call, text)) return;
  if (call.arguments !== '' || text !== '{}') return addArguments(call, text, events);
  call.isEmptyFirst = true;
  startNamed(call, events);
}

function addArguments(call: OpenCall, text: string, events: AgentEvent[]): void {
  call.arguments += text;
  if (call.isStarted) events.push({ type: 'tool-call-delta', callId: call.callId, arguments: text });
  else startNamed(call, events);
}

function releaseEmpty(call: OpenCall, events: AgentEvent[]): void {
  if (call.isEmptyFirst && call.arguments === '') addArguments(call, '{}', events);
}

/** Whether the arguments are whole and come again, as some servers send them with the end of the call. */
const isRepeated = (call: OpenCall, text: string): boolean =>
  text === call.arguments && text.startsWith('{') && tryParseJson(text) !== undefined;

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Returns arguments as JSON text. Some upstreams send them as an object. */
function toArgumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(withExactNumbers(value));
}

function startNamed(call: OpenCall, events: AgentEvent[]): void {
  if (call.isStarted || call.name === '') return;
  call.isStarted = true;
  events.push({ type: 'tool-call-start', callId: call.callId, name: call.name });
  if (call.arguments !== '') {
    events.push({ type: 'tool-call-delta', callId: call.callId, arguments: call.arguments });
  }
}

/** Some gateways put the fields beside the arguments. */
function toProviderFields(delta: ChatToolCallDelta) {
  const fields = pickProviderFields(delta, callProviderFields);
  return fields ?? (delta.function ? pickProviderFields(delta.function, callProviderFields) : undefined);
}

/** Ends a call and returns whether it was one: an entry with neither name nor arguments is dropped. */
function endCall(
  call: OpenCall,
  events: AgentEvent[],
  { isComplete, isWhole, agent }: { isComplete: boolean; isWhole: boolean; agent: string | undefined },
): boolean {
  startNamed(call, events);
  const { callId, provider } = call;
  if (call.isStarted) {
    if (call.arguments === '' && isComplete) events.push({ type: 'tool-call-delta', callId, arguments: '{}' });
    if (provider !== undefined) {
      events.push({ type: 'provider-data', callId, fields: provider, ...omitUndefined({ agent }) });
    }
    if (isWhole) events.push({ type: 'tool-call-end', callId });
  } else if (call.arguments !== '') {
    throw createUnnamedCall();
  }
  return call.isStarted;
}
