import { ApiError } from '../errors/api-error.ts';
import type { ResponseId } from '../ids.ts';
import type { LostRun } from '../store/run-store.ts';
import { foldOutput } from './fold-output.ts';
import { latestResponse } from './latest-response.ts';
import { queueResponse } from './queue-response.ts';
import { readLog } from './read-log.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { toResponseError } from './to-response-error.ts';

/** Told before the agent has said anything. */
const openingEvents = ['response.created', 'response.queued', 'response.in_progress'];

/**
 * Gives a response whose server has died, or could not end it for a reason, its end: `failed`, or `cancelled` when somebody
 * had asked for that, with what its readers have of it. With `deps.restarts` one that has produced nothing is made anew
 * instead, under its id. Rejects when that can't be done now.
 */
export async function recoverResponse(
  lost: LostRun,
  deps: ResponsesDeps,
  error: ApiError = serverStopped(),
): Promise<void> {
  const { store, runs } = deps;
  const events = await readLog(store.runs, lost.tenant, lost.id);
  if (!events) return;
  const isCancelled = (await store.runs.cancelled(runs.server)).some(({ id }) => id === lost.id);
  if (isCancelled) return end(lost, deps, { events, status: 'cancelled', error });
  const isOpening = events.every(({ type }) => openingEvents.includes(type));
  if (!deps.restarts || lost.request === undefined || !isOpening) {
    return end(lost, deps, { events, status: 'failed', error });
  }
  try {
    await restart(lost, deps, events);
  } catch (reason) {
    const refusal = ApiError.from(reason);
    // It may be another time's turn; what can never be done, such as to continue what is deleted, ends now.
    if (refusal.status >= 500 || refusal.status === 409 || refusal.status === 429) throw refusal;
    await end(lost, deps, { events, status: 'failed', error: refusal });
  }
}

async function restart(
  { tenant, id, request = '' }: LostRun,
  deps: ResponsesDeps,
  events: ResponseEvent[],
): Promise<void> {
  const response = latestResponse(events);
  if (!response) return;
  const begun = { response, told: events.map(({ type }) => type) };
  // The request was validated when it came in. A run that can be begun again is a response.
  await queueResponse(JSON.parse(request), deps, { tenant, id: id as ResponseId, begun });
}

interface Ending {
  events: ResponseEvent[];
  status: 'failed' | 'cancelled';
  error: ApiError;
}

async function end({ tenant, id }: LostRun, { store, runs }: ResponsesDeps, ending: Ending): Promise<void> {
  const { events, status, error } = ending;
  const run = { tenant, id, owner: runs.server };
  const begun = latestResponse(events);
  if (!begun) {
    await store.runs.end(run, []);
    return;
  }
  const output = foldOutput(events, 'incomplete');
  const response: ResponseResource = {
    ...begun,
    status,
    output,
    error: status === 'failed' ? toResponseError(error) : null,
  };
  const type = status === 'failed' ? ('response.failed' as const) : ('response.incomplete' as const);
  const last: ResponseEvent = { type, sequence_number: events.length, response };
  const stored = await store.responses.get(tenant, response.id as ResponseId);
  const { output: _output, ...resource } = response;
  // Every item of an output has an id; the store looks no further.
  const ended = stored && { ...stored, resource, output: output as unknown as typeof stored.output };
  await store.runs.end({ ...run, next: events.length }, [JSON.stringify(last)], ended);
}

function serverStopped(): ApiError {
  return new ApiError('internal_error', 'The server stopped while it was making this response.');
}
