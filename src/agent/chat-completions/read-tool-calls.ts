import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createCallId } from '../../ids.ts';
import type { AgentEvent } from '../agent-client.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { toIndex } from '../upstream/to-index.ts';
import type { ChatToolCallDelta } from './chat-chunk.ts';

interface OpenCall {
  callId: string;
  /** The id as the upstream sent it; absent while it has sent none. */
  upstreamId: string | undefined;
  name: string;
  /** As far as they came. */
  arguments: string;
  isStarted: boolean;
}

/** Puts together the tool calls of one answer from their deltas. */
export interface ToolCallReader {
  read(deltas: readonly ChatToolCallDelta[], events: AgentEvent[]): void;
  /**
   * Ends every call; `isWhole`: the model had the time to say all of it. Throws `upstream_error` when one never got a name.
   * Returns whether there were any calls.
   */
  end(events: AgentEvent[], isWhole: boolean): boolean;
}

/**
 * Upstreams differ: a call comes whole or in pieces; its id may be missing, late, repeated, or the same for two calls;
 * its name may be late, split or repeated; `index` may be missing. A call is started with its first argument text,
 * when its name is complete, or as soon as another call begins. One that ends without any has no arguments, `{}`: nothing
 * at all is no JSON, and clients fail on it.
 */
export function createToolCallReader(): ToolCallReader {
  const calls = new Map<number, OpenCall>();
  const callIds = new Set<string>();
  let hadCalls = false;

  const open = (index: number, delta: ChatToolCallDelta, events: AgentEvent[]): OpenCall => {
    for (const earlier of calls.values()) startNamed(earlier, events);
    const replaced = calls.get(index);
    if (replaced !== undefined && endCall(replaced, events, true)) hadCalls = true;
    const call = { callId: '', upstreamId: undefined, name: '', arguments: '', isStarted: false };
    takeId(call, delta.id, callIds);
    // Deleted first, so that the calls stay in the order in which they began.
    calls.delete(index);
    calls.set(index, call);
    // Each new call looks at those before it.
    if (callIds.size > limits.answerItems) throw createAnswerTooLarge();
    return call;
  };

  return {
    read(deltas, events) {
      for (const [position, delta] of deltas.entries()) {
        const index = toIndex(delta.index) ?? position;
        let call = calls.get(index);
        if (call === undefined || beginsAnother(call, delta)) call = open(index, delta, events);
        else if (!call.isStarted && call.upstreamId === undefined) takeId(call, delta.id, callIds);
        extend(call, delta, events);
      }
    },
    end(events, isWhole) {
      for (const call of calls.values()) if (endCall(call, events, isWhole)) hadCalls = true;
      calls.clear();
      return hadCalls;
    },
  };
}

/** A new id at the same index, or a name after the arguments began with no id to say that it is the same call. */
function beginsAnother(call: OpenCall, delta: ChatToolCallDelta): boolean {
  const id = toText(delta.id);
  if (id !== '' && call.upstreamId !== undefined) return id !== call.upstreamId;
  return call.isStarted && toText(delta.function?.name) !== '';
}

/** Ids of another type are none: clients could not send them back. */
function takeId(call: OpenCall, id: unknown, callIds: Set<string>): void {
  call.upstreamId = toText(id) || undefined;
  call.callId = call.upstreamId === undefined || callIds.has(call.upstreamId) ? createCallId() : call.upstreamId;
  callIds.add(call.callId);
}

function extend(call: OpenCall, delta: ChatToolCallDelta, events: AgentEvent[]): void {
  const name = toText(delta.function?.name);
  // The whole name once more is a repetition, not a second half.
  if (name && !call.isStarted && name !== call.name) call.name += name;
  const text = toArgumentText(delta.function?.arguments);
  if (text === '') return;
  call.arguments += text;
  if (call.isStarted) events.push({ type: 'tool-call-delta', callId: call.callId, arguments: text });
  else startNamed(call, events);
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Arguments are JSON text; some upstreams send the object itself. */
function toArgumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function startNamed(call: OpenCall, events: AgentEvent[]): void {
  if (call.isStarted || call.name === '') return;
  call.isStarted = true;
  events.push({ type: 'tool-call-start', callId: call.callId, name: call.name });
  if (call.arguments !== '') {
    events.push({ type: 'tool-call-delta', callId: call.callId, arguments: call.arguments });
  }
}

/** False for what was no call at all: neither a name nor arguments ever came. */
function endCall(call: OpenCall, events: AgentEvent[], isWhole: boolean): boolean {
  startNamed(call, events);
  const { callId } = call;
  if (call.isStarted) {
    if (call.arguments === '' && isWhole) events.push({ type: 'tool-call-delta', callId, arguments: '{}' });
    events.push({ type: 'tool-call-end', callId });
  } else if (call.arguments !== '') {
    throw new ApiError('upstream_error', 'The agent called a tool without naming it.');
  }
  return call.isStarted;
}
