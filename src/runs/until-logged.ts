import type { RunStore } from '../store/run-store.ts';
import { type FollowOptions, followLog } from './follow-log.ts';

interface MatchOptions extends Omit<FollowOptions, 'after'> {
  /** Whether this is the awaited event, as JSON text. */
  matches(event: string): boolean;
}

/** Resolves when the log of a run has an event, or when the run has ended without it. Rejects as `followLog` does. */
export async function untilLogged(runs: RunStore, { matches, ...run }: MatchOptions): Promise<'found' | 'ended'> {
  for await (const events of followLog(runs, { ...run, after: -1 })) if (events.some(matches)) return 'found';
  return 'ended';
}
