import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { responseNotFound } from '../errors/not-found.ts';
import { isResponseId } from '../ids.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** Deletes a response and stops it if it is in progress. Responses that continue it keep working. */
export async function deleteResponse(
  id: string,
  { store, runs }: Pick<ResponsesDeps, 'store' | 'runs'>,
  tenant: string,
): Promise<Schemas['DeletedResponse']> {
  if (!isResponseId(id) || !(await store.responses.delete(tenant, id))) throw responseNotFound(id);
  // Another server stops at its next write: the log no longer exists.
  runs.interrupt(id, new ApiError('request_cancelled', 'The response was deleted.'));
  return { id, object: 'response', deleted: true };
}
