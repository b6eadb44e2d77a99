import { toFailure } from './follow-response.ts';
import type { ResponseRun } from './response-run.ts';
import type { ResponseEvent, ResponseResource } from './responses-deps.ts';
import { tellResponse } from './tell-response.ts';

/** A response that has ended and has no log, told once more to one who has its events up to the number `after`. */
export function toToldRun(response: ResponseResource, after = -1): ResponseRun {
  const events = inOneBatch(tellResponse(response).slice(after + 1));
  return { events, failure: toFailure(response), usageIsEstimate: false };
}

async function* inOneBatch(events: ResponseEvent[]): AsyncGenerator<readonly ResponseEvent[]> {
  yield events;
}
