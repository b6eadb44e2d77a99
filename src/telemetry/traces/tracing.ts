import type { WatchRequest } from '../../http/watch-requests.ts';
import type { WatchRun } from '../../runs/run-watch.ts';

/** The recording of spans. Disposing sends the last ones. */
export interface Tracing extends AsyncDisposable {
  readonly watchRun: WatchRun;
  readonly watchRequest: WatchRequest;
}

export interface TracingOptions {
  /** The names of the agents. */
  agents: readonly string[];
  version: string;
  log: { warn(details: object, message: string): void };
}
