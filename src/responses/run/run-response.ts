import type { Caller } from '../../contract/operations.ts';
import { createResponseId, type ResponseId } from '../../ids.ts';
import { RunReport } from '../../runs/run-log.ts';
import { untilReady } from '../../runs/run-slots.ts';
import { planResponse, type ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { beginRun } from './begin-run.ts';
import { FollowedRun } from './followed-run.ts';
import { holdTurn } from './hold-turn.ts';
import { toStored } from './keep-response.ts';
import { ResponseLog } from './response-log.ts';

/** Who asks for a response that its reader drives, and the id it is to have where that is settled already. */
export interface RunCaller extends Caller {
  id?: ResponseId;
  /** Was an idempotency key reserved for it? Then it has a log, also where it is not both streamed and stored. */
  reserved?: boolean;
}

/**
 * Starts a response. Rejects with an ApiError when the request can't be served or the agent refuses it: then nothing
 * was produced and nothing is stored. Otherwise all that is kept of the run is committed before its terminal event, and
 * of one with a log, each event before it is told.
 */
export async function runResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: RunCaller,
): Promise<FollowedRun> {
  const { tenant, requestId } = caller;
  const held = await holdTurn(request, deps, tenant);
  try {
    const plan = await planResponse(request, deps, { ...caller, id: caller.id ?? createResponseId() });
    held.place = deps.runs.slots.enter(tenant);
    await untilReady(held.place, caller.signal);
    const signal = held.limit(caller.signal, deps.runs.timeoutMs);
    const facts = { run: plan.id, tenant, requestId, model: plan.resource.model };
    const report = new RunReport(deps.runLog, caller.reserved ? { ...facts, detached: true } : facts);
    const begun = await beginRun(plan, deps, { signal, onRoute: report.onRoute }).catch((reason: unknown) => {
      throw report.fail(signal.aborted ? signal.reason : reason);
    });
    const log = isLogged(request, caller) ? createLog(plan, deps, caller) : undefined;
    return new FollowedRun(plan, { deps, caller, held, log, report, begin: async () => begun });
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
}

function isLogged(request: ResponseRequest, { reserved }: RunCaller): boolean {
  return reserved || ((request.stream ?? false) && (request.store ?? true));
}

function createLog(plan: ResponsePlan, { store, runs }: ResponsesDeps, { reserved }: RunCaller): ResponseLog {
  const { id, tenant, resource } = plan;
  return new ResponseLog({
    runs: store.runs,
    run: { id, tenant, owner: runs.server },
    response: resource.store ? toStored(plan, resource) : undefined,
    reserved,
  });
}
