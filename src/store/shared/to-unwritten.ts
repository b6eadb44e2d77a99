import type { RunWriter } from '../run-store.ts';

/** Those of the events that a log of `count` events does not hold yet. Throws when some before them are missing. */
export function toUnwritten(
  { id, next }: Pick<RunWriter, 'id' | 'next'>,
  events: readonly string[],
  count: number,
): readonly string[] {
  if (next === undefined || next === count) return events;
  if (next > count) throw new RangeError(`The log of ${id} has ${count} events, and number ${next} can't follow.`);
  return events.slice(count - next);
}
