import type { AgentMessage } from '../../agent/agent-client.ts';

/** Returns the message that shows a compacted history to the agent. */
export function toSummaryMessage(summary: string): AgentMessage {
  return { role: 'user', content: [{ type: 'text', text: `Summary of the conversation so far:\n${summary}` }] };
}
