import { ApiError } from '../errors/api-error.ts';
import type { AgentClient } from './agent-client.ts';

/** Returns the model of a request that names none. Throws `upstream_error` when the agent offers no models. */
export async function defaultModel(agent: AgentClient, signal: AbortSignal): Promise<string> {
  const [first] = await agent.models({ signal });
  if (!first) throw new ApiError('upstream_error', 'The agent offers no models.');
  return first.id;
}
