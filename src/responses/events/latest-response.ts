import type { ResponseEvent, ResponseResource } from '../responses-deps.ts';

/** The response as the last event that holds it whole tells it; `undefined`: none of them does. */
export function latestResponse(events: readonly ResponseEvent[]): ResponseResource | undefined {
  const event = events.findLast((candidate) => 'response' in candidate);
  return event && 'response' in event ? event.response : undefined;
}
