import type { AgentMessage } from '../../agent/agent-client.ts';

/** How the agent is shown a compacted history. */
export function toSummaryMessage(summary: string): AgentMessage {
  return { role: 'user', content: [{ type: 'text', text: `Summary of the conversation so far:\n${summary}` }] };
}
