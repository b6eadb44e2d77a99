import type { AgentEvent } from '../agent-client.ts';
import { type Fields, toStringOf } from '../fields.ts';
import { toCall } from './response-history.ts';

interface OpenCall {
  callId: string;
  isCustom: boolean;
  hasArguments: boolean;
}

/** Reads the tool calls among a response's items, by their index in the output. */
export interface CallReader {
  start(item: Fields, index: unknown, events: AgentEvent[]): void;
  extend(index: unknown, delta: string, events: AgentEvent[]): void;
  /** Ends a call, and starts it first when no event has reported it. */
  finish(item: Fields, index: unknown, events: AgentEvent[]): void;
  /** Whether any call is for the client to run. */
  readonly hasOpenCalls: boolean;
}

const callTypes: unknown[] = ['function_call', 'custom_tool_call'];

export function createCallReader(agentRuns: ReadonlySet<string>): CallReader {
  const calls = new Map<unknown, OpenCall>();
  let hasOpenCalls = false;

  const reader: CallReader = {
    get hasOpenCalls() {
      return hasOpenCalls;
    },
    start(item, index, events) {
      if (!callTypes.includes(item['type'])) return;
      const callId = toStringOf(item['call_id']);
      const runs = agentRuns.has(callId);
      if (!runs) hasOpenCalls = true;
      calls.set(index, { callId, isCustom: item['type'] === 'custom_tool_call', hasArguments: false });
      const { name } = toCall(item);
      events.push({ type: 'tool-call-start', callId, name, ...(runs ? { agentRuns: true as const } : {}) });
    },
    extend(index, delta, events) {
      const call = calls.get(index);
      if (!call || delta === '') return;
      // A freeform input becomes the one string in the arguments of a function.
      const text = call.isCustom ? `${call.hasArguments ? '' : '{"input":"'}${toEscapes(delta)}` : delta;
      call.hasArguments = true;
      events.push({ type: 'tool-call-delta', callId: call.callId, arguments: text });
    },
    finish(item, index, events) {
      if (item['type'] === 'function_call_output') addResult(item, agentRuns, events);
      if (!callTypes.includes(item['type'])) return;
      if (!calls.has(index)) reader.start(item, index, events);
      const call = calls.get(index);
      if (!call) return;
      const { callId } = call;
      const rest = call.hasArguments ? (call.isCustom ? '"}' : '') : toCall(item).arguments;
      if (rest !== '') events.push({ type: 'tool-call-delta', callId, arguments: rest });
      events.push({ type: 'tool-call-end', callId });
    },
  };
  return reader;
}

const toEscapes = (text: string): string => JSON.stringify(text).slice(1, -1);

function addResult(item: Fields, agentRuns: ReadonlySet<string>, events: AgentEvent[]): void {
  const callId = toStringOf(item['call_id']);
  const { output } = item;
  if (!agentRuns.has(callId)) return;
  events.push({ type: 'tool-result', callId, output: typeof output === 'string' ? output : JSON.stringify(output) });
}
