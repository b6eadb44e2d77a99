import type { Caller } from '../contract/operations.ts';
import type { EventBatch } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import { findResponse, fromStoredResponse } from './read-response.ts';
import type { ResponseEvent, ResponsesDeps } from './responses-deps.ts';
import { LoggedRun } from './run/logged-run.ts';
import { toReplayedRun } from './run/to-replayed-run.ts';

export interface StreamPosition {
  id: string;
  /** Number of the last event that the client has; −1: none. */
  after: number;
}

/**
 * Replays the events of a stored response and follows those to come. Throws `response_not_found`, and
 * `response_stream_expired` when the event log has expired.
 */
export async function streamResponse(
  { id, after }: StreamPosition,
  deps: Pick<ResponsesDeps, 'store'>,
  caller: Caller,
): Promise<Flow<EventBatch<ResponseEvent>>> {
  const stored = await findResponse(id, deps, caller.tenant);
  const log = await deps.store.runs.read(caller.tenant, stored.id, { after: -1, limit: 1 });
  if (log) return new LoggedRun(deps, { id: stored.id, after }, caller).events;
  return toReplayedRun(fromStoredResponse(stored), { after }).events;
}
