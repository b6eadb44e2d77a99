import { ApiError } from '../errors/api-error.ts';
import { isResponseId } from '../ids.ts';
import type { StoredResponse } from '../store/response-store.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';

type StoreDeps = Pick<ResponsesDeps, 'store'>;

/** A stored response, as it was sent. Throws `response_not_found`. */
export async function readResponse(id: string, deps: StoreDeps, tenant: string): Promise<ResponseResource> {
  const stored = await findResponse(id, deps, tenant);
  // The store returns what was put there: a resource of this contract without its output, and that output.
  return { ...stored.resource, output: stored.output } as unknown as ResponseResource;
}

export async function findResponse(id: string, { store }: StoreDeps, tenant: string): Promise<StoredResponse> {
  const stored = isResponseId(id) ? await store.responses.get(tenant, id) : undefined;
  if (!stored) throw responseNotFound(id);
  return stored;
}

export function responseNotFound(id: string): ApiError {
  return new ApiError('response_not_found', `Response not found: ${id}`, { param: 'response_id' });
}
