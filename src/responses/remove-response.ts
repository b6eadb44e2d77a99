import type { Schemas } from '../contract/types.ts';
import { isResponseId } from '../ids.ts';
import { responseNotFound } from './read-response.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** Hides a response at once. Responses that build on it are not harmed. */
export async function removeResponse(
  id: string,
  { store }: Pick<ResponsesDeps, 'store'>,
  tenant: string,
): Promise<Schemas['DeletedResponse']> {
  if (!isResponseId(id) || !(await store.responses.delete(tenant, id))) throw responseNotFound(id);
  return { id, object: 'response', deleted: true };
}
