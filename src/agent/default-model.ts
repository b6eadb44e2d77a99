import { ApiError } from '../errors/api-error.ts';
import type { AgentClient, AgentModel } from './agent-client.ts';

/** Returns the model of a request that names none. Throws like `requireModel`. */
export async function defaultModel(agent: AgentClient, signal: AbortSignal): Promise<string> {
  return requireModel(await agent.models({ signal })).id;
}

/** Returns the first model. Throws `missing_required_parameter` when an agent lists none: it may still have some. */
export function requireModel([first]: readonly AgentModel[]): AgentModel {
  if (first) return first;
  throw new ApiError('missing_required_parameter', "The agent lists no models. Name one of its models in 'model'.", {
    param: 'model',
  });
}
