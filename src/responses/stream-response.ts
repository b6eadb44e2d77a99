import type { Caller } from '../contract/operations.ts';
import { findResponse, toResource } from './read-response.ts';
import type { ResponseEvent, ResponsesDeps } from './responses-deps.ts';
import { LoggedRun } from './run/follow-response.ts';
import { toToldRun } from './run/to-told-run.ts';

export interface StreamPlace {
  id: string;
  /** The number of the last event that the client has; −1: none. */
  after: number;
}

/**
 * The events of a stored response, those told already and those to come. Throws `response_not_found`, and
 * `response_stream_expired` when its log is kept no longer.
 */
export async function streamResponse(
  { id, after }: StreamPlace,
  deps: Pick<ResponsesDeps, 'store'>,
  caller: Caller,
): Promise<AsyncIterable<readonly ResponseEvent[]>> {
  const stored = await findResponse(id, deps, caller.tenant);
  const log = await deps.store.runs.read(caller.tenant, stored.id, { after: -1, limit: 1 });
  if (log) return new LoggedRun(deps, { id: stored.id, after }, caller).events;
  return toToldRun(toResource(stored), { after }).events;
}
