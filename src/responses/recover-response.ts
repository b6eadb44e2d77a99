import { ApiError } from '../errors/api-error.ts';
import type { ResponseId } from '../ids.ts';
import { createAttemptsExceeded, createServerStopped, endOrphan, isTemporary } from '../runs/end-orphan.ts';
import type { OrphanedRun } from '../store/run-store.ts';
import { foldOutput } from './events/fold-output.ts';
import { latestResponse } from './events/latest-response.ts';
import { isRepeatable } from './events/logged-item.ts';
import { toResponseFailure } from './events/to-response-failure.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { type PastRun, toPastRun } from './run/past-run.ts';
import { queueResponse } from './run/queue-response.ts';
import { readLog } from './run/read-log.ts';
import { unpackRequest, unpackTrace } from './run/stored-request.ts';
import { toRecoveredOutput } from './run/to-recovered-output.ts';
import { toJournalledSteers } from './steer/journalled-steers.ts';
import { recoverSteered } from './steer/recover-steered.ts';
import { steerBackground } from './steer/steer-background.ts';

/**
 * Recovers a response whose server died, or that could not be ended because of `error`. With `deps.resumes` it
 * continues at the first unfinished step of its journal, under its id, for at most `deps.attempts` executions without a
 * new step.
 *
 * Otherwise it ends as `failed`, or as `cancelled` when a client requested that, with the output that its readers have.
 * So does a response whose agent had begun tools of its own: their effects are unknown. A response that had accepted
 * input of `response.steer` ends as steered, and its successor continues.
 *
 * Rejects when neither is possible now.
 */
export async function recoverResponse(orphan: OrphanedRun, deps: ResponsesDeps, error?: ApiError): Promise<void> {
  const { store, runs } = deps;
  const events = await readLog(store.runs, orphan.tenant, orphan.id);
  if (!events) return;
  const isCancelled = (await store.runs.cancelled(runs.server)).some(({ id }) => id === orphan.id);
  const steps = await store.runs.steps(orphan.tenant, orphan.id);
  const past = toPastRun(events, steps);
  if (isCancelled) return end(orphan, deps, { events, past, outcome: 'cancelled', error: createServerStopped() });
  const journalled = deps.resumes ? toJournalledSteers(steps) : undefined;
  if (journalled) return recoverSteered(orphan, deps, { events, past, journalled });
  const failure = error ?? toFailure(orphan, deps, past);
  if (failure) return end(orphan, deps, { events, past, outcome: 'failed', error: failure });
  await resumeOrEnd(orphan, deps, { events, past });
}

/** Returns why a run cannot be resumed. */
function toFailure({ request, attempts }: OrphanedRun, deps: ResponsesDeps, past: PastRun): ApiError | undefined {
  if (!deps.resumes || request === undefined || !isRepeatable(past.logged)) return createServerStopped();
  return attempts >= deps.attempts ? createAttemptsExceeded(attempts) : undefined;
}

interface Orphaned {
  events: ResponseEvent[];
  past: PastRun;
}

async function resumeOrEnd(orphan: OrphanedRun, deps: ResponsesDeps, { events, past }: Orphaned): Promise<void> {
  const run = { tenant: orphan.tenant, id: orphan.id, owner: deps.runs.server };
  // Counted before the run resumes, which may end this process.
  if (!(await deps.store.runs.setAttempts(run, orphan.attempts + 1))) return;
  try {
    await resume(orphan, deps, { events, past });
  } catch (reason) {
    const error = ApiError.from(reason);
    if (!isTemporary(error)) return end(orphan, deps, { events, past, outcome: 'failed', error });
    await deps.store.runs.setAttempts(run, orphan.attempts);
    throw error;
  }
}

async function resume(
  { tenant, id, attempts, request = '' }: OrphanedRun,
  deps: ResponsesDeps,
  { events, past }: Orphaned,
): Promise<void> {
  const response = latestResponse(events);
  if (!response) return;
  const options = { tenant, id: id as ResponseId, resume: { ...past, response, attempt: attempts + 1 } };
  const { request: sent, waivers, trace } = unpackRequest(request, { sealer: deps.sealer, tenant });
  const steering = sent.background
    ? steerBackground({ id: options.id, tenant, request: sent, trace }, deps)
    : undefined;
  await queueResponse(sent, deps, { ...options, trace, waivers, steering });
}

interface Ending extends Orphaned {
  outcome: 'failed' | 'cancelled';
  error: ApiError;
}

async function end(orphan: OrphanedRun, deps: ResponsesDeps, { events, past, outcome, error }: Ending): Promise<void> {
  const { tenant, id, attempts, request } = orphan;
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
    error: outcome === 'failed' ? toResponseFailure(error) : null,
  };
  const type = outcome === 'failed' ? ('response.failed' as const) : ('response.incomplete' as const);
  const event: ResponseEvent = { type, sequence_number: events.length, response };
  const stored = await store.responses.get(tenant, response.id as ResponseId);
  const { output: _output, ...resource } = response;
  const ended = stored && { ...stored, resource, output: toRecoveredOutput(output, past) };
  const webhooks = deps.announcer?.responseEnded(tenant, response);
  const facts = { model: begun.model, attempt: attempts, trace: unpackTrace(request) };
  await endOrphan(orphan, deps, { event, next: events.length, response: ended, webhooks, outcome, error, facts });
}
