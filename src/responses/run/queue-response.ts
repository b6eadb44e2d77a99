import type { Caller } from '../../contract/operations.ts';
import type { ResponseId } from '../../ids.ts';
import { RunReport } from '../../runs/run-log.ts';
import { planResponse, type ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { beginRun } from './begin-run.ts';
import { FollowedRun } from './followed-run.ts';
import { type HeldTurn, holdTurn } from './hold-turn.ts';
import { toStored } from './keep-response.ts';
import { ResponseLog } from './response-log.ts';

export interface QueueOptions extends Pick<Caller, 'holdBody'> {
  tenant: string;
  id: ResponseId;
  /** Of the request that asks for it; absent: this server recovers it. */
  requestId?: string | undefined;
  /** Was an idempotency key reserved for it? */
  reserved?: boolean;
  /** The state of a response that another server has begun. */
  begun?: { response: ResponseResource; told: readonly string[]; attempt: number };
}

/**
 * Starts a response in the background, and gives it as it is then: stored as `queued`, with a log that tells so. What
 * happens from then on is in the log. Rejects with an ApiError, and nothing is stored, when the request can't be served.
 */
export async function queueResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  options: QueueOptions,
): Promise<ResponseResource> {
  const { tenant, id } = options;
  const detached = deps.runs.detach(id, options.holdBody?.());
  const held = await holdTurn(request, deps, tenant).catch((error: unknown) => {
    detached.end();
    throw error;
  });
  const caller = { tenant, signal: detached.signal, id };
  try {
    const plan = await planResponse(request, deps, caller);
    held.place = deps.runs.slots.enter(tenant);
    const limited = () => held.limit(caller.signal, deps.runs.timeoutMs);
    const { log, told, queued } = await begin(plan, { request, deps, options });
    const resource = { ...plan.resource, created_at: queued.created_at };
    const attempt = options.begun?.attempt ?? 1;
    const { requestId } = options;
    const facts = { run: id, tenant, requestId, model: resource.model, background: true as const };
    const report = new RunReport(deps.runLog, attempt > 1 ? { ...facts, attempt } : facts);
    const run = new FollowedRun(
      { ...plan, resource },
      {
        ...{ deps, caller, held, log, report, told },
        ...(deps.restarts ? { attempt } : {}),
        begin: () => beginRun(plan, deps, { signal: limited(), onRoute: report.onRoute }),
      },
    );
    // Its report tells why it broke.
    detached.drive(run.events).catch(() => undefined);
    return queued;
  } catch (error) {
    await release(held);
    detached.end();
    throw error;
  }
}

interface Beginning {
  request: ResponseRequest;
  deps: ResponsesDeps;
  options: QueueOptions;
}

async function begin(plan: ResponsePlan, { request, deps, options }: Beginning) {
  const queued = { ...plan.resource, status: 'queued' as const };
  const log = new ResponseLog({
    runs: deps.store.runs,
    run: { id: plan.id, tenant: plan.tenant, owner: deps.runs.server },
    request: JSON.stringify(request),
    response: toStored(plan, queued),
    reserved: options.reserved,
    isBegun: options.begun !== undefined,
  });
  if (options.begun) return { log, told: options.begun.told, queued: options.begun.response };
  const events: ResponseEvent[] = [
    { type: 'response.created', sequence_number: 0, response: queued },
    { type: 'response.queued', sequence_number: 1, response: queued },
  ];
  await log.append(events).catch((error: unknown) => {
    // It has begun all the same when it is the answer that was lost, and then nobody goes on with it.
    deps.runs.abandon({ tenant: plan.tenant, id: plan.id }, error);
    throw error;
  });
  return { log, told: events.map((event) => event.type), queued };
}

const release = (held: HeldTurn): PromiseLike<void> => held[Symbol.asyncDispose]();
