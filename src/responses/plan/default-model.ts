import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { ResponsesDeps } from '../responses-deps.ts';

/** Returns the model for a request that names none. Throws `upstream_error` when the agent offers no models. */
export async function defaultModel({ agent }: Pick<ResponsesDeps, 'agent'>, { signal }: Caller): Promise<string> {
  const [first] = await agent.models({ signal });
  if (!first) throw new ApiError('upstream_error', 'The agent offers no models.');
  return first.id;
}
