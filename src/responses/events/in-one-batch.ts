import type { ResponseEvent } from '../responses-deps.ts';

/** Events that are all there already, as a run tells them. */
export async function* inOneBatch(events: readonly ResponseEvent[]): AsyncGenerator<readonly ResponseEvent[]> {
  yield events;
}
