import { ApiError } from '../errors/api-error.ts';
import { readResponse } from './read-response.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';

/** Stops a background response. All that is stored has ended, so there is never one to stop. */
export async function cancelResponse(
  id: string,
  deps: Pick<ResponsesDeps, 'store'>,
  tenant: string,
): Promise<ResponseResource> {
  await readResponse(id, deps, tenant);
  throw new ApiError('invalid_value', 'Cannot cancel a synchronous response.', { param: 'response_id' });
}
