import type { Caller } from '../../contract/operations.ts';
import { createResponseId, type ResponseId } from '../../ids.ts';
import { EventLog } from '../../runs/event-log.ts';
import { RunReport } from '../../runs/run-report.ts';
import { toFailure } from '../../runs/to-failure.ts';
import { planResponse, type ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseRequest, ResponseRun, ResponsesDeps } from '../responses-deps.ts';
import { beginRun } from './begin-run.ts';
import { LiveResponseRun } from './live-response-run.ts';
import { lockTurn } from './lock-turn.ts';
import { createLoopServices } from './loop-services.ts';
import type { RunSteering } from './run-steering.ts';
import { toStored } from './store-response.ts';
import { toResumable } from './stored-request.ts';

export interface StartCaller extends Caller {
  /** The reserved id of a keyed run. */
  id?: ResponseId;
  /**
   * Whether an idempotency key was reserved for the run. Then it has a log, even if it is not both streamed and stored.
   */
  reserved?: boolean;
  /** Omitted: the run cannot be steered. */
  steering?: RunSteering;
}

/**
 * Starts a response that its reader drives. Rejects with an ApiError when the request is invalid or the agent refuses
 * it: nothing was produced or stored. Everything stored is committed before the terminal event, and each event of a
 * logged run before it is sent.
 */
export async function startResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: StartCaller,
): Promise<ResponseRun> {
  const { tenant, requestId, trace, signal, steering, exchange } = caller;
  const { runs, watchRun } = deps;
  const resources = await lockTurn(request, deps, tenant);
  try {
    const plan = await planResponse(request, deps, { ...caller, id: caller.id ?? createResponseId() });
    // An approved call runs before the model is asked, whose call checks the budget.
    if (answersApprovals(plan)) await deps.budgetOf(tenant)?.check();
    resources.slot = runs.slots.enter(tenant);
    const { id, resource } = plan;
    const { model } = resource;
    const facts = { run: id, tenant, requestId, trace, model, detached: caller.reserved || undefined };
    const report = new RunReport(watchRun, facts, (error) => resources.stop(error));
    const limited = await resources.begin(report, { signal, timeoutMs: runs.timeoutMs });
    const isResumable = deps.resumes && (caller.reserved ?? false);
    const loop = createLoopServices(plan, deps, { request, journal: isResumable ? [] : undefined, steering });
    const begin = () => beginRun(plan, deps, { signal: limited, observer: report, loop, exchange });
    const begun = beginsAtOnce(plan, isResumable)
      ? await begin().catch((reason: unknown) => {
          throw report.fail(toFailure(reason, limited));
        })
      : undefined;
    const start = isResumable ? toResumable({ request, trace }, deps, tenant) : {};
    const log = isLogged(request, caller) ? createLog(plan, deps, { ...caller, ...start }) : undefined;
    const context = { id, tenant, runs, resources, report, signal, log };
    const attempt = isResumable ? 1 : undefined;
    return new LiveResponseRun(context, { plan, deps, begin: async () => begun ?? begin(), attempt, steering });
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Whether the agent is called before the log begins, so that its refusal is an HTTP error. A resumable run that uses
 * approvals begins its log first: if its server dies, the answers belong to a run that another server can resume.
 */
const beginsAtOnce = (plan: ResponsePlan, isResumable: boolean): boolean => !isResumable || !answersApprovals(plan);

const answersApprovals = ({ agentRequest }: ResponsePlan): boolean => (agentRequest.loop?.approvals.length ?? 0) > 0;

function isLogged(request: ResponseRequest, { reserved }: StartCaller): boolean {
  return reserved || ((request.stream ?? false) && (request.store ?? true));
}

function createLog(
  plan: ResponsePlan,
  { store, runs }: ResponsesDeps,
  { reserved, request }: Pick<StartCaller, 'reserved'> & { request?: string },
): EventLog {
  const { id, tenant, resource } = plan;
  const start = { request, response: resource.store ? toStored(plan, resource) : undefined, reserved };
  return new EventLog({ runs: store.runs, run: { id, tenant, owner: runs.server }, start });
}
