import type { ApprovalWaiver } from '../../agent/loop/loop-request.ts';
import type { Caller } from '../../contract/operations.ts';
import type { ApiError } from '../../errors/api-error.ts';
import type { EventBatch } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import type { ResponseId } from '../../ids.ts';
import { detach } from '../../runs/detach.ts';
import { EventLog } from '../../runs/event-log.ts';
import { RunReport } from '../../runs/run-report.ts';
import { type PlanCaller, planResponse, type ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { beginRun } from './begin-run.ts';
import { LiveResponseRun } from './live-response-run.ts';
import { lockTurn } from './lock-turn.ts';
import { createLoopServices } from './loop-services.ts';
import { findSentCompaction, type PastRun } from './past-run.ts';
import type { RunSteering } from './run-steering.ts';
import { toStored } from './store-response.ts';
import { toResumable } from './stored-request.ts';

export interface QueueOptions
  extends Pick<Caller, 'holdBody' | 'requestId' | 'session' | 'trace' | 'isOperator' | 'exchange'> {
  tenant: string;
  id: ResponseId;
  /** Whether an idempotency key was reserved for the run. */
  reserved?: boolean;
  /** The state of a response that another server began and this one resumes. */
  resume?: Resume;
  /** Omitted: the run cannot be steered. */
  steering?: RunSteering | undefined;
  /** Calls that an operator has freed from approval. */
  waivers?: readonly ApprovalWaiver[] | undefined;
}

interface Resume extends PastRun {
  response: ResponseResource;
  /** Number of this execution, from 2. */
  attempt: number;
}

interface QueuedRun {
  events: Flow<EventBatch<ResponseEvent>>;
  queued: ResponseResource;
}

/**
 * Starts a background response. Resolves with the stored response, `queued`, once its log has begun; the rest is in the
 * log. Rejects with an ApiError when the request is invalid: nothing is stored.
 */
export async function queueResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  options: QueueOptions,
): Promise<ResponseResource> {
  const detached = { ...options, inbox: options.steering?.queue };
  const { started } = await detach(deps.runs, detached, (signal) => start(request, deps, { ...options, signal }));
  return started.queued;
}

type StartOptions = QueueOptions & { signal: AbortSignal };

async function start(request: ResponseRequest, deps: ResponsesDeps, options: StartOptions): Promise<QueuedRun> {
  const { tenant, id, requestId, session, trace, signal, resume, steering, waivers, exchange } = options;
  const { runs, resumes, watchRun } = deps;
  const resources = await lockTurn(request, deps, tenant);
  try {
    const plan = await planResponse(request, deps, { tenant, signal, session, id, waivers, ...toApprover(options) });
    if (!resume) await deps.budgetOf(tenant)?.check();
    resources.slot = runs.slots.enter(tenant);
    const { log, past, queued } = await beginLog(plan, deps, { ...options, request });
    const resource = { ...plan.resource, created_at: queued.created_at };
    const attempt = resume?.attempt ?? 1;
    const facts = { run: id, tenant, requestId, trace, model: resource.model, ...toKind(request) };
    const stop = (error: ApiError) => resources.stop(error);
    const report = new RunReport(watchRun, attempt > 1 ? { ...facts, attempt } : facts, stop);
    const journal = resumes ? (resume?.journal ?? []) : undefined;
    const loop = createLoopServices(plan, deps, { request, journal, steering });
    const sent = resume && findSentCompaction(resume, plan, deps);
    const begin = () =>
      beginRun(plan, deps, { signal: resources.limit(signal, runs.timeoutMs), observer: report, loop, sent, exchange });
    const context = { id, tenant, runs, resources, report, signal, log };
    const started = {
      plan: { ...plan, resource },
      deps,
      begin,
      past,
      attempt: resumes ? attempt : undefined,
      steering,
    };
    return { events: new LiveResponseRun(context, started).events, queued };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

/** Names the kind of run in its log line. A keyed run that is resumed has lost its reader. */
const toKind = ({ background }: ResponseRequest) =>
  background ? { background: true as const } : { detached: true as const };

/** A request that is resumed was admitted when it arrived. */
const toApprover = ({ isOperator, resume }: StartOptions): Pick<PlanCaller, 'isOperator'> => ({
  isOperator: isOperator ?? resume !== undefined,
});

interface LogOptions extends Pick<QueueOptions, 'reserved' | 'resume' | 'trace' | 'waivers'> {
  request: ResponseRequest;
}

/** Begins the log with the first events, unless another server has begun it. */
async function beginLog(plan: ResponsePlan, deps: ResponsesDeps, options: LogOptions) {
  const { store, runs } = deps;
  const { id, tenant } = plan;
  const { request, reserved, resume, trace, waivers } = options;
  const run = { id, tenant, owner: runs.server };
  if (resume) {
    const log = new EventLog({ runs: store.runs, run, start: undefined, written: resume.sentTypes.length });
    return { log, past: resume, queued: resume.response };
  }
  const queued = { ...plan.resource, status: 'queued' as const };
  const resumable = toResumable({ request, waivers, trace }, deps, tenant);
  const start = { ...resumable, response: toStored(plan, queued), reserved };
  const log = new EventLog({ runs: store.runs, run, start });
  const events: ResponseEvent[] = [
    { type: 'response.created', sequence_number: 0, response: queued },
    { type: 'response.queued', sequence_number: 1, response: queued },
  ];
  await log.append(events.map((event) => JSON.stringify(event))).catch((error: unknown) => {
    // The log may have begun all the same, if only the reply was lost: then the run is orphaned.
    runs.abandon({ tenant, id }, error);
    throw error;
  });
  return { log, past: { sentTypes: events.map(({ type }) => type) }, queued };
}
