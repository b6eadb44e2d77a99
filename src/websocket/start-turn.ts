import type { Caller } from '../contract/operations.ts';
import { createResponseId, type ResponseId } from '../ids.ts';
import { inOneBatch } from '../responses/events/in-one-batch.ts';
import { admitResponse } from '../responses/plan/admit-response.ts';
import type { ResponseRequest, ResponseRun, ResponsesDeps } from '../responses/responses-deps.ts';
import { startResponse } from '../responses/run/start-response.ts';
import { refuseSteering, type SteerRefusal } from '../responses/steer/refuse-steering.ts';
import { Steering } from '../responses/steer/steering.ts';
import { warmUpResponse } from '../responses/warm-up-response.ts';
import type { Lane } from './lanes.ts';
import type { PendingSteers } from './pending-steers.ts';
import { readFrame } from './read-frame.ts';

export interface TurnDeps {
  /** Returns the services of one turn. */
  responses: () => ResponsesDeps;
  /** Returns a frame as a valid `WebSocketResponseCreate`. Throws an ApiError for any other value. */
  readBody: (value: unknown) => unknown;
  lane: Lane;
  pending: PendingSteers;
}

export interface Turn {
  id: ResponseId;
  run: Pick<ResponseRun, 'events' | 'failure'>;
  /** Why the turn cannot be steered, if it cannot. */
  steering: Steering | SteerRefusal | undefined;
}

/** Starts the turn of a parsed frame. Rejects with an ApiError, with nothing produced or stored, when it is refused. */
export async function startTurn(frame: unknown, deps: TurnDeps, caller: Caller): Promise<Turn> {
  const { request: sent, generate } = readFrame(frame, deps.readBody);
  const responses = deps.responses();
  if (!generate) {
    const id = createResponseId();
    await admitResponse(sent, responses, caller.tenant);
    const events = inOneBatch(await warmUpResponse(sent, responses, { ...caller, id }));
    return { id, run: { events, failure: undefined }, steering: undefined };
  }
  const { id, request } = await deps.pending.prepend(sent, deps.lane);
  await admitResponse(request, responses, caller.tenant);
  const turn = await startRun({ id, request }, deps.responses, caller);
  if (request !== sent && request.previous_response_id) deps.pending.remove(request.previous_response_id);
  return turn;
}

/** Starts a response that its connection drives. Rejects as `startTurn` does. */
export async function startRun(
  { id, request }: { id: ResponseId; request: ResponseRequest },
  deps: () => ResponsesDeps,
  caller: Caller,
): Promise<Turn> {
  const responses = deps();
  const refusal = refuseSteering(request);
  if (refusal) return { id, run: await startResponse(request, responses, { ...caller, id }), steering: refusal };
  const steering = new Steering({ id, tenant: caller.tenant, request, trace: caller.trace, deps });
  try {
    const signal = steering.detachable(caller.signal);
    const run = await startResponse(request, responses, { ...caller, id, signal, steering });
    return { id, run, steering };
  } catch (error) {
    steering[Symbol.dispose]();
    throw error;
  }
}
