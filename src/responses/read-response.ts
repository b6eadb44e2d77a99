import { responseNotFound } from '../errors/not-found.ts';
import { isResponseId } from '../ids.ts';
import { fromStoredItem } from '../items/from-stored-item.ts';
import type { StoredResponse } from '../store/response-store.ts';
import { foldOutput } from './events/fold-output.ts';
import { latestResponse } from './events/latest-response.ts';
import { isRunning } from './plan/is-running.ts';
import type { ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { readLog } from './run/read-log.ts';

type StoreDeps = Pick<ResponsesDeps, 'store'>;

/** Returns a stored response, or one in progress with its output so far. Throws `response_not_found`. */
export async function readResponse(id: string, deps: StoreDeps, tenant: string): Promise<ResponseResource> {
  const stored = await findResponse(id, deps, tenant);
  const response = fromStoredResponse(stored);
  if (!isRunning(response)) return response;
  const events = (await readLog(deps.store.runs, tenant, stored.id)) ?? [];
  // It may have ended between the two reads: its terminal event then holds it whole.
  const latest = latestResponse(events) ?? response;
  return isRunning(latest) ? { ...latest, output: foldOutput(events, 'in_progress') } : latest;
}

/** Returns a response in its stored form. Throws `response_not_found`. */
export async function findResponse(id: string, { store }: StoreDeps, tenant: string): Promise<StoredResponse> {
  const stored = isResponseId(id) ? await store.responses.get(tenant, id) : undefined;
  if (!stored) throw responseNotFound(id);
  return stored;
}

/** Maps a stored response to the contract's. */
export function fromStoredResponse({ resource, output }: StoredResponse): ResponseResource {
  const { agent_state: _state, ...sent } = resource;
  // The store returns what was put: a resource of this contract without its output, and that output.
  return { ...sent, output: output.map(fromStoredItem) } as ResponseResource;
}
