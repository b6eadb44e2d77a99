import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { responseNotFound } from '../errors/not-found.ts';
import { isResponseId } from '../ids.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** Hides a response at once, and stops it where it is still being made. Responses that build on it are not harmed. */
export async function removeResponse(
  id: string,
  { store, runs }: Pick<ResponsesDeps, 'store' | 'runs'>,
  tenant: string,
): Promise<Schemas['DeletedResponse']> {
  if (!isResponseId(id) || !(await store.responses.delete(tenant, id))) throw responseNotFound(id);
  // Another server notices when it next writes to the log, which is there no more.
  runs.interrupt(id, new ApiError('request_cancelled', 'The response was deleted.'));
  return { id, object: 'response', deleted: true };
}
