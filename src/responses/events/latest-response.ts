import type { ResponseEvent, ResponseResource } from '../responses-deps.ts';

/** Returns the response of the last event that carries one, `undefined` when none does. */
export function latestResponse(events: readonly ResponseEvent[]): ResponseResource | undefined {
  const event = events.findLast((candidate) => 'response' in candidate);
  return event && 'response' in event ? event.response : undefined;
}
