import type { AgentEvent } from '../agent-client.ts';

/**
 * Returns the events of a tool that the agent has started, when only a preview of its arguments is known. The arguments
 * of a call are JSON, so the preview becomes one.
 */
export function toProgressCall(callId: string, name: string, preview: unknown): AgentEvent[] {
  const known = typeof preview === 'string' && preview !== '' ? { preview } : {};
  return [
    { type: 'tool-call-start', callId, name, agentRuns: true },
    { type: 'tool-call-delta', callId, arguments: JSON.stringify(known) },
    { type: 'tool-call-end', callId },
  ];
}

/** Returns the result of such a tool, of which only the status is known. */
export const toProgressResult = (callId: string, status: string): AgentEvent => ({
  type: 'tool-result',
  callId,
  output: JSON.stringify({ status }),
});
