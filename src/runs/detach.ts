import type { RunId } from '../store/run-store.ts';
import type { Inbox } from './detached-run.ts';
import type { Runs } from './runs.ts';

export interface DetachOptions {
  id: RunId;
  /** Counts the request's body as held until the run ends. */
  holdBody?: (() => Disposable) | undefined;
  /** Takes input of operators. Omitted: the run takes none. */
  inbox?: Inbox | undefined;
}

interface Startable {
  /** They are in the log when they are yielded. */
  events: AsyncIterable<unknown>;
}

export interface Detached<Started> {
  started: Started;
  /** Resolves once the first events are in the log. Rejects when the run fails before. */
  begun: Promise<void>;
}

/** Starts a detached run under the signal that stops it, and drives it to its end. Rejects with the error of `start`. */
export async function detach<Started extends Startable>(
  runs: Pick<Runs, 'detach'>,
  { id, holdBody, inbox }: DetachOptions,
  start: (signal: AbortSignal) => Promise<Started>,
): Promise<Detached<Started>> {
  const run = runs.detach(id, holdBody?.());
  run.inbox = inbox;
  try {
    const started = await start(run.signal);
    return { started, begun: run.drive(started.events) };
  } catch (error) {
    run.end();
    throw error;
  }
}
