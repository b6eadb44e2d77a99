import type { AgentMessage, AgentToolCall } from '../agent-client.ts';

type ToolMessage = Extract<AgentMessage, { role: 'tool' }>;

export interface Pairs {
  /** The output of each call that has one. */
  outputs: ReadonlyMap<AgentToolCall, ToolMessage>;
  /** Outputs without a call. */
  strays: ReadonlySet<ToolMessage>;
}

/** The calls of one message with the same id, and the number of outputs so far. */
interface Candidates {
  message: AgentMessage;
  calls: AgentToolCall[];
  answered: number;
}

/**
 * Pairs calls with outputs by id, wherever they stand. An id that several messages use means the latest of them. Of
 * several outputs for one call the last wins.
 */
export function pairOutputs(messages: readonly AgentMessage[]): Pairs {
  const outputs = new Map<AgentToolCall, ToolMessage>();
  const candidates = new Map<string, Candidates>();
  const early = new Map<string, ToolMessage>();
  const strays = new Set<ToolMessage>();
  for (const message of messages) {
    if (message.role === 'assistant') {
      addCalls(message, candidates);
      for (const call of early.size > 0 ? message.toolCalls : []) takeEarly(call);
    }
    if (message.role !== 'tool') continue;
    const found = candidates.get(message.callId);
    const call = found?.calls[Math.min(found.answered, found.calls.length - 1)];
    if (found && call) {
      outputs.set(call, message);
      found.answered += 1;
    } else {
      strays.add(message);
      early.set(message.callId, message);
    }
  }
  return { outputs, strays };

  /** Gives a call the output that came before it. */
  function takeEarly(call: AgentToolCall): void {
    const output = early.get(call.callId);
    if (!output) return;
    outputs.set(call, output);
    early.delete(call.callId);
    strays.delete(output);
  }
}

function addCalls(message: Extract<AgentMessage, { role: 'assistant' }>, candidates: Map<string, Candidates>): void {
  for (const call of message.toolCalls) {
    const known = candidates.get(call.callId);
    if (known?.message === message) known.calls.push(call);
    else candidates.set(call.callId, { message, calls: [call], answered: 0 });
  }
}
