import { ApiError } from '../errors/api-error.ts';
import type { ErrorCode } from '../errors/error-table.ts';
import type { ResponseId } from '../ids.ts';
import type { LostRun } from '../store/run-store.ts';
import { foldOutput } from './events/fold-output.ts';
import { latestResponse } from './events/latest-response.ts';
import { toResponseError } from './events/to-response-error.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { queueResponse } from './run/queue-response.ts';
import { readLog } from './run/read-log.ts';

/** Told before the agent has said anything. */
const openingEvents = ['response.created', 'response.queued', 'response.in_progress'];

/**
 * Ends a response whose server has died, or which could not be ended for the reason `error`, as `failed`, or as `cancelled`
 * when a client had asked for that, with the output that its readers have. With `deps.restarts` one that has produced
 * nothing is restarted under its id instead, until it was executed `deps.attempts` times. Rejects when neither is possible
 * now.
 */
export async function recoverResponse(lost: LostRun, deps: ResponsesDeps, error?: ApiError): Promise<void> {
  const { store, runs } = deps;
  const events = await readLog(store.runs, lost.tenant, lost.id);
  if (!events) return;
  const isCancelled = (await store.runs.cancelled(runs.server)).some(({ id }) => id === lost.id);
  if (isCancelled) return end(lost, deps, { events, status: 'cancelled', error: serverStopped() });
  const isOpening = events.every(({ type }) => openingEvents.includes(type));
  if (error || !deps.restarts || lost.request === undefined || !isOpening) {
    return end(lost, deps, { events, status: 'failed', error: error ?? serverStopped() });
  }
  if (lost.attempts >= deps.attempts) {
    return end(lost, deps, { events, status: 'failed', error: attemptsExceeded(lost.attempts) });
  }
  await restartOrEnd(lost, deps, events);
}

/** Reasons that pass: the next look may find none. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'conversation_locked',
  'previous_response_in_progress',
  'rate_limit_exceeded',
  'server_shutting_down',
  'store_unavailable',
]);

async function restartOrEnd(lost: LostRun, deps: ResponsesDeps, events: ResponseEvent[]): Promise<void> {
  const run = { tenant: lost.tenant, id: lost.id, owner: deps.runs.server };
  // Counted before anything of it is executed: it may end this process.
  if (!(await deps.store.runs.setAttempts(run, lost.attempts + 1))) return;
  try {
    await restart(lost, deps, events);
  } catch (reason) {
    const refusal = ApiError.from(reason);
    if (!passing.has(refusal.code)) return end(lost, deps, { events, status: 'failed', error: refusal });
    await deps.store.runs.setAttempts(run, lost.attempts);
    throw refusal;
  }
}

async function restart(
  { tenant, id, attempts, request = '' }: LostRun,
  deps: ResponsesDeps,
  events: ResponseEvent[],
): Promise<void> {
  const response = latestResponse(events);
  if (!response) return;
  const begun = { response, told: events.map(({ type }) => type), attempt: attempts + 1 };
  // The request was validated when it came in. A run that can be begun again is a response.
  await queueResponse(JSON.parse(request), deps, { tenant, id: id as ResponseId, begun });
}

interface Ending {
  events: ResponseEvent[];
  status: 'failed' | 'cancelled';
  error: ApiError;
}

async function end(
  { tenant, id, attempts }: LostRun,
  { store, runs, runLog }: ResponsesDeps,
  ending: Ending,
): Promise<void> {
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
  const ended = stored && { ...stored, resource, output };
  const isEnded = await store.runs.end({ ...run, next: events.length }, [JSON.stringify(last)], ended);
  if (!isEnded || error.isLogged) return;
  const facts = { run: id, tenant, model: begun.model, recovered: true as const, attempt: attempts };
  runLog(facts, { outcome: status, error });
}

function attemptsExceeded(attempts: number): ApiError {
  const message = `The server stopped ${attempts} times while it was making this response. It is not tried again.`;
  return new ApiError('run_attempts_exceeded', message);
}

function serverStopped(): ApiError {
  return new ApiError('internal_error', 'The server stopped while it was making this response.');
}
