import type { Caller } from '../contract/operations.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ResponseId } from '../ids.ts';
import { untilEnded } from '../runs/until-ended.ts';
import { isRunning } from './plan/is-running.ts';
import { findResponse, fromStoredResponse, readResponse } from './read-response.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';

/**
 * Stops a background response, on any server, and returns it once it has ended. Returns an ended response unchanged. If the
 * server of the response has died, it ends when another server recovers it.
 */
export async function cancelResponse(
  id: string,
  deps: Pick<ResponsesDeps, 'store' | 'runs'>,
  { tenant, signal }: Caller,
): Promise<ResponseResource> {
  const stored = await findResponse(id, deps, tenant);
  const response = fromStoredResponse(stored);
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
  // On this server, the run stops without waiting for the store's notification.
  runs.interrupt(id, new ApiError('request_cancelled', 'The response was cancelled.'));
  await untilEnded(store.runs, { tenant, id, signal });
}
