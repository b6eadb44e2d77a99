import type { ResponseEvent } from '../responses-deps.ts';

/** Yields events that are all known as a single batch. */
export async function* inOneBatch(events: readonly ResponseEvent[]): AsyncGenerator<readonly ResponseEvent[]> {
  yield events;
}
