import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ResponseId } from '../ids.ts';
import { untilEnded } from '../runs/until-ended.ts';
import { findResponse, isRunning, readResponse, toResource } from './read-response.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';

/**
 * Stops a background response, on whichever server it runs, and gives it as it ended; one that has ended as it is. When
 * its server has died, that is once another has taken it over.
 */
export async function cancelResponse(
  id: string,
  deps: Pick<ResponsesDeps, 'store' | 'runs'>,
  { tenant, signal }: Caller,
): Promise<ResponseResource> {
  const stored = await findResponse(id, deps, tenant);
  const response = toResource(stored);
  if (!response.background) {
    throw new ApiError('invalid_value', 'Cannot cancel a synchronous response.', { param: 'response_id' });
  }
  if (isRunning(response)) await stop(stored.id, deps, { tenant, signal });
  return readResponse(id, deps, tenant);
}

async function stop(
  id: ResponseId,
  { store, runs }: Pick<ResponsesDeps, 'store' | 'runs'>,
  { tenant, signal }: Caller,
): Promise<void> {
  if (!(await store.runs.cancel(tenant, id))) return;
  // Where it runs on this server there is no need to wait until that is noticed.
  runs.interrupt(id, new ApiError('request_cancelled', 'The response was cancelled.'));
  await untilEnded(store.runs, { tenant, id, signal });
}
