import type { Caller } from '../contract/operations.ts';
import { createResponseId, type ResponseId } from '../ids.ts';
import { runOnce } from '../runs/run-once.ts';
import type { RunId } from '../store/run-store.ts';
import { admitResponse } from './plan/admit-response.ts';
import { readResponse } from './read-response.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from './responses-deps.ts';
import { LoggedRun, type LogPlace } from './run/follow-response.ts';
import { queueResponse } from './run/queue-response.ts';
import { toEvents } from './run/read-log.ts';
import type { ResponseRun } from './run/response-run.ts';
import { runResponse } from './run/run-response.ts';
import { toToldRun } from './run/to-told-run.ts';

export interface CreateCaller extends Caller {
  /** The client's `Idempotency-Key`. */
  key: string | undefined;
}

export interface CreatedRun {
  id: ResponseId;
  run: ResponseRun;
  /** The response as it was queued by this very request. */
  queued: ResponseResource | undefined;
  /** Is it an earlier request with the same key that is answered once more? */
  replayed: boolean;
}

/**
 * Starts a response as its request asks: driven by its reader, in the background, or once for a key. Rejects with an
 * ApiError when it can't be started; nothing of it is stored then.
 */
export async function createResponse(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: CreateCaller,
): Promise<CreatedRun> {
  const { tenant, key, signal, requestId, holdBody } = caller;
  if (key !== undefined) return createOnce(request, deps, { ...caller, key });
  const id = createResponseId();
  await admitResponse(request, deps, tenant);
  if (!request.background) {
    const run = await runResponse(request, deps, { tenant, signal, requestId, id });
    return { id, run, queued: undefined, replayed: false };
  }
  const queued = await queueResponse(request, deps, { tenant, requestId, id, holdBody });
  return { id, run: new LoggedRun(deps, { id, after: -1 }, caller), queued, replayed: false };
}

async function createOnce(
  request: ResponseRequest,
  deps: ResponsesDeps,
  caller: CreateCaller & { key: string },
): Promise<CreatedRun> {
  const { tenant, key, signal, requestId, holdBody } = caller;
  const content = ['createResponse', request];
  const cameToNothing = (other: RunId) => failedInSilence(other, deps, tenant);
  const once = { tenant, key, content, createId: createResponseId, by: deps.runs, signal, cameToNothing };
  let queued: ResponseResource | undefined;
  const { id: made, replayed } = await runOnce(deps.store, once, async (id) => {
    // A run with a key is stored with its log, whatever the request says.
    await deps.admitStorage(tenant, request);
    const options = { tenant, requestId, id, holdBody };
    if (request.background) queued = await queueResponse(request, deps, { ...options, reserved: true });
    else await detachResponse(request, deps, options);
  });
  const run = await toRun({ id: made, after: -1, replayed }, deps, caller);
  // A key of this operation names a response.
  return { id: made as ResponseId, run, queued, replayed };
}

/** What a key names: as its log tells it, and once that is kept no longer, as it is stored. */
async function toRun(place: LogPlace, deps: ResponsesDeps, caller: Caller): Promise<ResponseRun> {
  const page = await deps.store.runs.read(caller.tenant, place.id, { after: -1, limit: 1 });
  if (page?.state !== 'expired') return new LoggedRun(deps, place, caller);
  return toToldRun(await readResponse(place.id, deps, caller.tenant), place);
}

/** `created`, `queued`, `in_progress` and `failed`: no log of a response that came to nothing has more. */
const fewestEvents = 4;

/** Did a response fail with nothing said? One that was cancelled has not failed. */
async function failedInSilence(id: RunId, deps: ResponsesDeps, tenant: string): Promise<boolean> {
  const page = await deps.store.runs.read(tenant, id, { after: -1, limit: fewestEvents });
  if (page?.state === 'expired') return isEmptyFailure(await readResponse(id, deps, tenant));
  const [last] = toEvents(page?.events.slice(-1) ?? []);
  return last?.type === 'response.failed' && isEmptyFailure(last.response);
}

const isEmptyFailure = ({ status, output }: ResponseResource): boolean => status === 'failed' && output.length === 0;

interface DetachOptions extends Pick<Caller, 'holdBody'> {
  tenant: string;
  requestId: string | undefined;
  id: ResponseId;
}

/** Starts a response that its reader's leaving doesn't stop. Resolves once its log has begun. */
async function detachResponse(request: ResponseRequest, deps: ResponsesDeps, options: DetachOptions): Promise<void> {
  const { tenant, requestId, id, holdBody } = options;
  const detached = deps.runs.detach(id, holdBody?.());
  const { signal } = detached;
  const run = await runResponse(request, deps, { tenant, signal, requestId, id, reserved: true }).catch(
    (error: unknown) => {
      detached.end();
      throw error;
    },
  );
  const begun = Promise.withResolvers<void>();
  detached.drive(run.events, begun.resolve).then(begun.resolve, begun.reject);
  await begun.promise;
}
