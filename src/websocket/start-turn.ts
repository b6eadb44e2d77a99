import type { Caller } from '../contract/operations.ts';
import { inOneBatch } from '../responses/in-one-batch.ts';
import { primeResponse } from '../responses/prime-response.ts';
import type { ResponseRun } from '../responses/response-run.ts';
import type { ResponsesDeps } from '../responses/responses-deps.ts';
import { runResponse } from '../responses/run-response.ts';
import { readFrame } from './read-frame.ts';

export interface TurnDeps {
  responses: ResponsesDeps;
  /** Throws an ApiError for a value that is no `WebSocketResponseCreate`. */
  checkFrame: (value: unknown) => void;
}

export type Turn = Pick<ResponseRun, 'events' | 'failure'>;

/**
 * Starts what a parsed frame asks for. Rejects with an ApiError when it can't be served: then nothing was produced and
 * nothing is kept.
 */
export async function startTurn(frame: unknown, { responses, checkFrame }: TurnDeps, caller: Caller): Promise<Turn> {
  const { request, generate } = readFrame(frame, checkFrame);
  if (generate) return runResponse(request, responses, caller);
  return { events: inOneBatch(await primeResponse(request, responses, caller)), failure: undefined };
}
