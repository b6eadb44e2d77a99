import { ApiError } from '../errors/api-error.ts';
import { isResponseId } from '../ids.ts';
import type { StoredResponse } from '../store/response-store.ts';
import { foldOutput } from './events/fold-output.ts';
import { latestResponse } from './events/latest-response.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { readLog } from './run/read-log.ts';

type StoreDeps = Pick<ResponsesDeps, 'store'>;

/** A stored response, as it was sent; one that is being made, as far as it got. Throws `response_not_found`. */
export async function readResponse(id: string, deps: StoreDeps, tenant: string): Promise<ResponseResource> {
  const stored = await findResponse(id, deps, tenant);
  const response = toResource(stored);
  if (!isRunning(response)) return response;
  const events = (await readLog(deps.store.runs, tenant, stored.id)) ?? [];
  // It may have ended between the two looks: the last event then holds it whole.
  const latest = latestResponse(events) ?? response;
  return isRunning(latest) ? { ...latest, output: foldOutput(events, 'in_progress') } : latest;
}

/** A response as it is stored. Throws `response_not_found`. */
export async function findResponse(id: string, { store }: StoreDeps, tenant: string): Promise<StoredResponse> {
  const stored = isResponseId(id) ? await store.responses.get(tenant, id) : undefined;
  if (!stored) throw responseNotFound(id);
  return stored;
}

/** A stored response as the wire has it. */
export function toResource({ resource, output }: StoredResponse): ResponseResource {
  // The store returns what was put there: a resource of this contract without its output, and that output.
  return { ...resource, output } as ResponseResource;
}

export const isRunning = ({ status }: { status: unknown }): boolean => status === 'queued' || status === 'in_progress';

export function responseNotFound(id: string): ApiError {
  return new ApiError('response_not_found', `Response not found: ${id}`, { param: 'response_id' });
}
