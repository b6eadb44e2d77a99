import type { ApprovalWaiver } from '../agent/loop/loop-request.ts';
import type { Caller } from '../contract/operations.ts';
import { createResponseId, type ResponseId } from '../ids.ts';
import { detach } from '../runs/detach.ts';
import { runOnce } from '../runs/run-once.ts';
import type { RunId } from '../store/run-store.ts';
import { admitResponse } from './plan/admit-response.ts';
import { readResponse } from './read-response.ts';
import type { ResponseRequest, ResponseResource, ResponseRun, ResponsesDeps } from './responses-deps.ts';
import { LoggedRun, type LogPosition } from './run/logged-run.ts';
import { queueResponse } from './run/queue-response.ts';
import { toEvents } from './run/read-log.ts';
import { startResponse } from './run/start-response.ts';
import { toReplayedRun } from './run/to-replayed-run.ts';
import { steerBackground } from './steer/steer-background.ts';

export interface CreateCaller extends Caller {
  /** The client's `Idempotency-Key`. */
  key: string | undefined;
  /** Calls that an operator has freed from approval, for a background response. */
  waivers?: readonly ApprovalWaiver[] | undefined;
}

export interface CreatedRun {
  id: ResponseId;
  run: ResponseRun;
  /** The response as this request queued it. */
  queued: ResponseResource | undefined;
  /** Whether an earlier request with the same key started the run. */
  replayed: boolean;
}

/**
 * Starts a response: driven by its reader, in the background, or at most once for a key. Rejects with an ApiError when
 * it cannot start: nothing of it is stored.
 */
export async function createResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: CreateCaller,
): Promise<CreatedRun> {
  const { tenant, key, signal, requestId, session, trace, isOperator, exchange, holdBody, waivers } = caller;
  if (key !== undefined) return createOnce(request, deps, { ...caller, key });
  const id = createResponseId();
  await admitResponse(request, deps, tenant);
  if (!request.background) {
    const run = await startResponse(request, deps, {
      ...{ tenant, signal, requestId, session, trace, isOperator, exchange, id },
    });
    return { id, run, queued: undefined, replayed: false };
  }
  const steering = steerBackground({ id, tenant, request, trace }, deps);
  const queued = await queueResponse(request, deps, {
    ...{ tenant, requestId, session, trace, isOperator, exchange, id, holdBody, waivers, steering },
  });
  return { id, run: new LoggedRun(deps, { id, after: -1 }, caller), queued, replayed: false };
}

async function createOnce(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: CreateCaller & { key: string },
): Promise<CreatedRun> {
  const { tenant, key, signal, requestId, session, trace, isOperator, exchange, holdBody } = caller;
  const content = ['createResponse', request];
  const failedEmpty = (other: RunId) => hasFailedEmpty(other, deps, tenant);
  const once = { tenant, key, content, createId: createResponseId, by: deps.runs, signal, failedEmpty };
  let queued: ResponseResource | undefined;
  const { id: made, replayed } = await runOnce(deps.store, once, async (id) => {
    // The log of a keyed run is stored, even when the request does not ask for storage.
    await deps.admitStorage(tenant, request);
    const options = { tenant, requestId, session, trace, isOperator, exchange, id, reserved: true };
    if (request.background) {
      const steering = steerBackground({ id, tenant, request, trace }, deps);
      queued = await queueResponse(request, deps, { ...options, holdBody, steering });
      return;
    }
    const { begun } = await detach(deps.runs, { id, holdBody }, (signal) =>
      startResponse(request, deps, { ...options, signal }),
    );
    await begun;
  });
  const run = await replay({ id: made, after: -1, replayed }, deps, caller);
  // A key of this operation names a response.
  return { id: made as ResponseId, run, queued, replayed };
}

/** Replays the run of a key from its log, or once that has expired, from the stored response. */
async function replay(position: LogPosition, deps: ResponsesDeps, caller: Caller): Promise<ResponseRun> {
  const page = await deps.store.runs.read(caller.tenant, position.id, { after: -1, limit: 1 });
  if (page?.state !== 'expired') return new LoggedRun(deps, position, caller);
  return toReplayedRun(await readResponse(position.id, deps, caller.tenant), position);
}

/** `created`, `queued`, `in_progress` and `failed`: the log of a response that failed empty has no more events. */
const maxEmptyEvents = 4;

/** Whether a response failed without output. A cancelled one has not failed. */
async function hasFailedEmpty(id: RunId, deps: ResponsesDeps, tenant: string): Promise<boolean> {
  const page = await deps.store.runs.read(tenant, id, { after: -1, limit: maxEmptyEvents });
  if (page?.state === 'expired') return isEmptyFailure(await readResponse(id, deps, tenant));
  const [last] = toEvents(page?.events.slice(-1) ?? []);
  return last?.type === 'response.failed' && isEmptyFailure(last.response);
}

const isEmptyFailure = ({ status, output }: ResponseResource): boolean => status === 'failed' && output.length === 0;
