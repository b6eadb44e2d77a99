import type { Caller } from '../contract/operations.ts';
import type { ResponseId } from '../ids.ts';
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

export interface TurnCaller extends Caller {
  /** The id of the new response. */
  id: ResponseId;
}

export type Turn = Pick<ResponseRun, 'events' | 'failure'>;

/** Starts the turn of a parsed frame. Rejects with an ApiError, with nothing produced or stored, when it is refused. */
export async function startTurn(frame: unknown, { responses, readBody }: TurnDeps, caller: TurnCaller): Promise<Turn> {
  const { request, generate } = readFrame(frame, readBody);
  await admitResponse(request, responses, caller.tenant);
  if (generate) return startResponse(request, responses, caller);
  return { events: inOneBatch(await warmUpResponse(request, responses, caller)), failure: undefined };
}
