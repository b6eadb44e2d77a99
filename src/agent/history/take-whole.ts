import type { AgentClient } from '../agent-client.ts';
import { toWholeRequest } from './read-history.ts';

/** Wraps an agent that does not take the history of a request as text. */
export const takeWhole = (agent: AgentClient): AgentClient => ({
  ...agent,
  run: (request, options) => agent.run(toWholeRequest(request), options),
});
