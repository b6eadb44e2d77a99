import type { Caller } from '../contract/operations.ts';
import { inOneBatch } from '../responses/events/in-one-batch.ts';
import { admitResponse } from '../responses/plan/admit-response.ts';
import type { ResponseRun, ResponsesDeps } from '../responses/responses-deps.ts';
import { startResponse } from '../responses/run/start-response.ts';
import { warmUpResponse } from '../responses/warm-up-response.ts';
import { readFrame } from './read-frame.ts';

export interface TurnDeps {
  responses: ResponsesDeps;
  /** Returns a frame as a valid `WebSocketResponseCreate`. Throws an ApiError for any other value. */
  readBody: (value: unknown) => unknown;
}

export type Turn = Pick<ResponseRun, 'events' | 'failure'>;

/** Starts the turn of a parsed frame. Rejects with an ApiError, with nothing produced or stored, when it is refused. */
export async function startTurn(frame: unknown, { responses, readBody }: TurnDeps, caller: Caller): Promise<Turn> {
  const { request, generate } = readFrame(frame, readBody);
  await admitResponse(request, responses, caller.tenant);
  if (generate) return startResponse(request, responses, caller);
  return { events: inOneBatch(await warmUpResponse(request, responses, caller)), failure: undefined };
}
