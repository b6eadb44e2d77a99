import { ApiError } from '../errors/api-error.ts';
import type { ResponseId } from '../ids.ts';
import { createServerStopped, endOrphan } from '../runs/end-orphan.ts';
import type { OrphanedRun } from '../store/run-store.ts';
import { foldOutput } from './events/fold-output.ts';
import { latestResponse } from './events/latest-response.ts';
import { toResponseError } from './events/to-response-error.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { queueResponse } from './run/queue-response.ts';
import { readLog } from './run/read-log.ts';
import { isTemporary } from './run/temporary-errors.ts';

/** Events that are sent before any output. */
const openingTypes = ['response.created', 'response.queued', 'response.in_progress'];

/**
 * Recovers a response whose server died, or that could not be ended because of `error`. It ends as `failed`, or as
 * `cancelled` when a client requested that, with the output that its readers have.
 *
 * With `deps.restarts` a response without output is restarted under its id instead, for at most `deps.attempts` executions.
 * Rejects when neither is possible now.
 */
export async function recoverResponse(orphan: OrphanedRun, deps: ResponsesDeps, error?: ApiError): Promise<void> {
  const { store, runs } = deps;
  const events = await readLog(store.runs, orphan.tenant, orphan.id);
  if (!events) return;
  const isCancelled = (await store.runs.cancelled(runs.server)).some(({ id }) => id === orphan.id);
  if (isCancelled) return end(orphan, deps, { events, outcome: 'cancelled', error: createServerStopped() });
  const isEmpty = events.every(({ type }) => openingTypes.includes(type));
  if (error || !deps.restarts || orphan.request === undefined || !isEmpty) {
    return end(orphan, deps, { events, outcome: 'failed', error: error ?? createServerStopped() });
  }
  if (orphan.attempts >= deps.attempts) {
    return end(orphan, deps, { events, outcome: 'failed', error: createAttemptsExceeded(orphan.attempts) });
  }
  await restartOrEnd(orphan, deps, events);
}

async function restartOrEnd(orphan: OrphanedRun, deps: ResponsesDeps, events: ResponseEvent[]): Promise<void> {
  const run = { tenant: orphan.tenant, id: orphan.id, owner: deps.runs.server };
  // Counted before the restart, which may end this process.
  if (!(await deps.store.runs.setAttempts(run, orphan.attempts + 1))) return;
  try {
    await restart(orphan, deps, events);
  } catch (reason) {
    const error = ApiError.from(reason);
    if (!isTemporary(error)) return end(orphan, deps, { events, outcome: 'failed', error });
    await deps.store.runs.setAttempts(run, orphan.attempts);
    throw error;
  }
}

async function restart(
  { tenant, id, attempts, request = '' }: OrphanedRun,
  deps: ResponsesDeps,
  events: ResponseEvent[],
): Promise<void> {
  const response = latestResponse(events);
  if (!response) return;
  const restart = { response, sentTypes: events.map(({ type }) => type), attempt: attempts + 1 };
  // The request was validated when it arrived. Only responses are stored with their request.
  await queueResponse(JSON.parse(request), deps, { tenant, id: id as ResponseId, restart });
}

interface Ending {
  events: ResponseEvent[];
  outcome: 'failed' | 'cancelled';
  error: ApiError;
}

async function end(orphan: OrphanedRun, deps: ResponsesDeps, { events, outcome, error }: Ending): Promise<void> {
  const { tenant, id, attempts } = orphan;
  const { store, runs } = deps;
  const begun = latestResponse(events);
  if (!begun) {
    await store.runs.end({ tenant, id, owner: runs.server }, []);
    return;
  }
  const output = foldOutput(events, 'incomplete');
  const response: ResponseResource = {
    ...begun,
    status: outcome,
    output,
    error: outcome === 'failed' ? toResponseError(error) : null,
  };
  const type = outcome === 'failed' ? ('response.failed' as const) : ('response.incomplete' as const);
  const event: ResponseEvent = { type, sequence_number: events.length, response };
  const stored = await store.responses.get(tenant, response.id as ResponseId);
  const { output: _output, ...resource } = response;
  const ended = stored && { ...stored, resource, output };
  const facts = { model: begun.model, attempt: attempts };
  await endOrphan(orphan, deps, { event, next: events.length, response: ended, outcome, error, facts });
}

function createAttemptsExceeded(attempts: number): ApiError {
  const message = `The server stopped ${attempts} times while generating this response. It will not be retried.`;
  return new ApiError('run_attempts_exceeded', message);
}
