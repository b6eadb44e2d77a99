import type { RunWriter } from '../run-store.ts';

/** Returns the events that a log of `count` events lacks. Throws a RangeError when they would leave a gap. */
export function toUnwritten(
  { id, next }: Pick<RunWriter, 'id' | 'next'>,
  events: readonly string[],
  count: number,
): readonly string[] {
  if (next === undefined || next === count) return events;
  if (next > count) throw new RangeError(`Event ${next} leaves a gap in the log of ${id}. Expected ${count} or less.`);
  return events.slice(count - next);
}

/**
 * Whether the steps of an append are unwritten. They are committed with its last event. An append without events never
 * counts as a repetition.
 */
export const areStepsUnwritten = (events: readonly string[], unwritten: readonly string[]): boolean =>
  events.length === 0 || unwritten.length > 0;
