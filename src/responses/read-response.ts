import { ApiError } from '../errors/api-error.ts';
import { isResponseId } from '../ids.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';

/** A stored response, as it was sent. */
export async function readResponse(
  id: string,
  { store }: Pick<ResponsesDeps, 'store'>,
  tenant: string,
): Promise<ResponseResource> {
  const stored = isResponseId(id) ? await store.responses.get(tenant, id) : undefined;
  if (!stored) throw responseNotFound(id);
  // The store returns what was put there: a resource of this contract without its output, and that output.
  return { ...stored.resource, output: stored.output } as unknown as ResponseResource;
}

export function responseNotFound(id: string): ApiError {
  return new ApiError('response_not_found', `Response not found: ${id}`, { param: 'response_id' });
}
