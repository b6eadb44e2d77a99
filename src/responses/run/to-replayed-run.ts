import { inOneBatch } from '../events/in-one-batch.ts';
import { replayStoredResponse } from '../events/replay-stored-response.ts';
import type { ResponseResource, ResponseRun } from '../responses-deps.ts';
import { failureOf, type LogPosition } from './logged-run.ts';

/** Replays an ended response without a log, after the events that the reader has. */
export function toReplayedRun(response: ResponseResource, position: Omit<LogPosition, 'id'>): ResponseRun {
  const events = inOneBatch(replayStoredResponse(response).slice(position.after + 1));
  return { events, failure: failureOf(response, position), usageIsEstimate: false };
}
