import { type LogPlace, toFailure } from './follow-response.ts';
import { inOneBatch } from './in-one-batch.ts';
import type { ResponseRun } from './response-run.ts';
import type { ResponseResource } from './responses-deps.ts';
import { tellResponse } from './tell-response.ts';

/** A response that has ended and has no log, told once more to one who has its events up to a place. */
export function toToldRun(response: ResponseResource, place: Omit<LogPlace, 'id'>): ResponseRun {
  const events = inOneBatch(tellResponse(response).slice(place.after + 1));
  return { events, failure: toFailure(response, place), usageIsEstimate: false };
}
