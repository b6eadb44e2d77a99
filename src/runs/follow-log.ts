import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { responseNotFound } from '../errors/not-found.ts';
import type { RunId, RunStore } from '../store/run-store.ts';
import { Changes } from './changes.ts';

export interface FollowOptions {
  tenant: string;
  id: RunId;
  /** The number of the last event that the reader has; −1: none. */
  after: number;
  signal: AbortSignal;
}

/**
 * Reads the log of a run and goes on with it until the run has ended, wherever it runs. Gives the JSON texts of the events
 * page by page; an empty page first, so that a reader who waits for the next event knows that there is a log. Throws
 * `response_stream_expired` for a log that is kept no longer, and `response_not_found` for a run that is not there or was
 * deleted meanwhile.
 */
export async function* followLog(runs: RunStore, options: FollowOptions): AsyncGenerator<string[]> {
  const { tenant, id, signal } = options;
  const changes = new Changes();
  using _watch = runs.watch(id, changes.note);
  let { after } = options;
  let isFirst = true;
  for (;;) {
    // Who has to go looks once more: a server that stops has ended its runs by then.
    const isLastLook = signal.aborted;
    const page = await runs.read(tenant, id, { after, limit: limits.logPageEvents });
    if (!page) throw responseNotFound(id);
    if (page.state === 'expired') throw streamExpired();
    if (isFirst || page.events.length > 0) yield page.events;
    isFirst = false;
    after += page.events.length;
    const isWhole = page.events.length < limits.logPageEvents && !page.isCut;
    if (isWhole && page.state === 'ended') return;
    if (isLastLook) signal.throwIfAborted();
    if (isWhole) await changes.next(limits.logPollMs, signal).catch(() => undefined);
  }
}

function streamExpired(): ApiError {
  const message = 'The events of this response are kept no longer. Retrieve it without stream.';
  return new ApiError('response_stream_expired', message, { param: 'stream' });
}
