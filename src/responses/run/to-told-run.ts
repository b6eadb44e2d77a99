import { inOneBatch } from '../events/in-one-batch.ts';
import { replayStoredResponse } from '../events/replay-stored-response.ts';
import type { ResponseResource } from '../responses-deps.ts';
import { type LogPlace, toFailure } from './follow-response.ts';
import type { ResponseRun } from './response-run.ts';

/** A response that has ended and has no log, told once more to one who has its events up to a place. */
export function toToldRun(response: ResponseResource, place: Omit<LogPlace, 'id'>): ResponseRun {
  const events = inOneBatch(replayStoredResponse(response).slice(place.after + 1));
  return { events, failure: toFailure(response, place), usageIsEstimate: false };
}
