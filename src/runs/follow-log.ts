import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { responseNotFound } from '../errors/not-found.ts';
import type { RunId, RunStore } from '../store/run-store.ts';
import { Changes } from './changes.ts';

export interface FollowOptions {
  tenant: string;
  id: RunId;
  /** Number of the last event that the reader has; −1: none. */
  after: number;
  signal: AbortSignal;
}

/**
 * Replays the log of a run, then follows it until the run has ended, on any server. Yields pages of JSON texts. The first
 * page may be empty: it shows a waiting reader that the log exists. Throws `response_stream_expired` for an expired log, and
 * `response_not_found` for a run that does not exist or is deleted meanwhile.
 */
export async function* followLog(runs: RunStore, options: FollowOptions): AsyncGenerator<string[]> {
  const { tenant, id, signal } = options;
  const changes = new Changes();
  using _watch = runs.watch(id, changes.note);
  let { after } = options;
  let isFirst = true;
  for (;;) {
    // Read once more after an abort: a server that stops has ended its runs by then.
    const isLastRead = signal.aborted;
    const page = await runs.read(tenant, id, { after, limit: limits.logPageEvents });
    if (!page) throw responseNotFound(id);
    if (page.state === 'expired') throw createExpired();
    if (isFirst || page.events.length > 0) yield page.events;
    isFirst = false;
    after += page.events.length;
    const isWhole = page.events.length < limits.logPageEvents && !page.isCut;
    if (isWhole && page.state === 'ended') return;
    if (isLastRead) signal.throwIfAborted();
    if (isWhole) await changes.next(limits.logPollMs, signal).catch(() => undefined);
  }
}

function createExpired(): ApiError {
  const message = 'The event log of this response has expired. Retrieve the response without stream.';
  return new ApiError('response_stream_expired', message, { param: 'stream' });
}
