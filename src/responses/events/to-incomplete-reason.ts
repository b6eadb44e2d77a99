import type { AgentEndReason } from '../../agent/agent-client.ts';

/** Returns why a response is incomplete, `undefined` for a complete one. `detail`: the agent's own reason. */
export function toIncompleteReason(reason: AgentEndReason | undefined, detail?: string): string | undefined {
  switch (reason) {
    case 'length':
      return 'max_output_tokens';
    case 'content-filter':
      return 'content_filter';
    case 'incomplete':
      return detail ?? 'interrupted';
    default:
      return undefined;
  }
}
