import { type EventBatch, toEventBatch } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import { toFlow } from '../../flow/to-flow.ts';
import type { ResponseEvent } from '../responses-deps.ts';

/** Returns events that are all known, as a single batch. */
export function inOneBatch(events: readonly ResponseEvent[]): Flow<EventBatch<ResponseEvent>> {
  return toFlow([toEventBatch(events)]);
}
