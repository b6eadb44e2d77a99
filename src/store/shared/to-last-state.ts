import type { StoredHistory } from '../response-store.ts';

/** Returns what the next turn needs of a response's resource. */
export function toLastState(resource: Record<string, unknown>): Omit<StoredHistory, 'sessionId' | 'turns' | 'limited'> {
  const { instructions = null, status = null, agent_state: agentState } = resource;
  return { instructions, status, ...(agentState === undefined ? {} : { agentState }) };
}
