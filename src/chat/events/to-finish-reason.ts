import type { AgentEndReason } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

/**
 * Returns `tool_calls` only when the client has calls to run: some agents also end so after calls they ran themselves.
 */
export function toFinishReason(reason: AgentEndReason, hasCalls: boolean): Schemas['ChatFinishReason'] {
  switch (reason) {
    case 'length':
    case 'incomplete':
      // The only value that tells clients that the answer was cut short.
      return 'length';
    case 'content-filter':
      return 'content_filter';
    case 'stop':
    case 'tool-calls':
      return hasCalls ? 'tool_calls' : 'stop';
    default:
      return reason satisfies never;
  }
}
