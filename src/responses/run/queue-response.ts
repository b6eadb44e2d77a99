import type { Caller } from '../../contract/operations.ts';
import type { ResponseId } from '../../ids.ts';
import { detach } from '../../runs/detach.ts';
import { EventLog } from '../../runs/event-log.ts';
import { RunReport } from '../../runs/run-report.ts';
import { planResponse, type ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { beginRun } from './begin-run.ts';
import { LiveResponseRun } from './live-response-run.ts';
import { lockTurn } from './lock-turn.ts';
import { toStored } from './store-response.ts';

export interface QueueOptions extends Pick<Caller, 'holdBody' | 'requestId' | 'session'> {
  tenant: string;
  id: ResponseId;
  /** Whether an idempotency key was reserved for the run. */
  reserved?: boolean;
  /** The state of a response that another server began and this one restarts. */
  restart?: Restart;
}

interface Restart {
  response: ResponseResource;
  /** Types of the events in the log. */
  sentTypes: readonly string[];
  /** Number of this execution, from 2. */
  attempt: number;
}

interface QueuedRun {
  events: AsyncIterable<unknown>;
  queued: ResponseResource;
}

/**
 * Starts a background response. Resolves with the stored response, `queued`, once its log has begun; the rest is in the log.
 * Rejects with an ApiError when the request is invalid: nothing is stored.
 */
export async function queueResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  options: QueueOptions,
): Promise<ResponseResource> {
  const { started } = await detach(deps.runs, options, (signal) => start(request, deps, { ...options, signal }));
  return started.queued;
}

type StartOptions = QueueOptions & { signal: AbortSignal };

async function start(request: ResponseRequest, deps: ResponsesDeps, options: StartOptions): Promise<QueuedRun> {
  const { tenant, id, requestId, session, signal, restart } = options;
  const { runs, restarts, reportRun } = deps;
  const resources = await lockTurn(request, deps, tenant);
  try {
    const plan = await planResponse(request, deps, { tenant, signal, session, id });
    if (!restart) await deps.budgetOf(tenant)?.check();
    resources.slot = runs.slots.enter(tenant);
    const { log, sentTypes, queued } = await beginLog(plan, deps, { ...options, request });
    const resource = { ...plan.resource, created_at: queued.created_at };
    const attempt = restart?.attempt ?? 1;
    const facts = { run: id, tenant, requestId, model: resource.model, background: true as const };
    const report = new RunReport(reportRun, attempt > 1 ? { ...facts, attempt } : facts);
    const { onRoute } = report;
    const begin = () => beginRun(plan, deps, { signal: resources.limit(signal, runs.timeoutMs), onRoute });
    const context = { id, tenant, runs, resources, report, signal, log };
    const started = { plan: { ...plan, resource }, deps, begin, sentTypes, attempt: restarts ? attempt : undefined };
    return { events: new LiveResponseRun(context, started).events, queued };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

interface LogOptions extends Pick<QueueOptions, 'reserved' | 'restart'> {
  request: ResponseRequest;
}

/** Begins the log with the first events, unless another server has begun it. */
async function beginLog(plan: ResponsePlan, { store, runs }: ResponsesDeps, options: LogOptions) {
  const { id, tenant } = plan;
  const { request, reserved, restart } = options;
  const run = { id, tenant, owner: runs.server };
  if (restart) {
    const { response, sentTypes } = restart;
    const log = new EventLog({ runs: store.runs, run, start: undefined, written: sentTypes.length });
    return { log, sentTypes, queued: response };
  }
  const queued = { ...plan.resource, status: 'queued' as const };
  const start = { request: JSON.stringify(request), response: toStored(plan, queued), reserved };
  const log = new EventLog({ runs: store.runs, run, start });
  const events: ResponseEvent[] = [
    { type: 'response.created', sequence_number: 0, response: queued },
    { type: 'response.queued', sequence_number: 1, response: queued },
  ];
  await log.append(events).catch((error: unknown) => {
    // The log may have begun all the same, if only the reply was lost: then the run is orphaned.
    runs.abandon({ tenant, id }, error);
    throw error;
  });
  return { log, sentTypes: events.map(({ type }) => type), queued };
}
