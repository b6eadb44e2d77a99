import { type EventBatch, toEventBatch } from '../../src/flow/event-batch.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { mapFlow } from '../../src/flow/mapped-flow.ts';
import { toFlow } from '../../src/flow/to-flow.ts';

type Lists<Event> = AsyncIterable<readonly Event[]> | Iterable<readonly Event[]>;

/** Returns each list of events as a batch. */
export function toBatches<Event extends object>(lists: Lists<Event>): Flow<EventBatch<Event>> {
  return mapFlow(toFlow(lists), (events) => toEventBatch(events));
}

/** Reads all events. */
export async function readEvents<Event extends object>(batches: AsyncIterable<EventBatch<Event>>): Promise<Event[]> {
  return (await Array.fromAsync(batches)).flatMap(({ events }) => events);
}
