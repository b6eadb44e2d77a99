import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from './config/limits.ts';
import { shuttingDown } from './errors/shutting-down.ts';
import { closeAfterReplies, stopListening } from './http/wind-down.ts';
import type { Runs } from './runs/runs.ts';

export interface Closing {
  shutdown: AbortController;
  runs: Runs;
  graceMs: number;
  isOrderly: boolean;
}

/**
 * Closes the listener, and waits for running requests and runs. After `graceMs` they end with an error; then their
 * connections are cut.
 */
export async function closeServer(server: HttpServer, { shutdown, runs, graceMs, isOrderly }: Closing): Promise<void> {
  closeAfterReplies(server);
  const closed = stopListening(server);
  const cut = Promise.withResolvers<void>();
  const deadline = setTimeout(() => {
    const reason = shuttingDown();
    runs.stop(reason, { isOrderly });
    // Lets followers of detached runs receive the terminal event before their requests are aborted.
    void Promise.race([runs.drained(), delay(limits.shutdownDrainMs, undefined, { ref: false })]).then(() =>
      shutdown.abort(reason),
    );
    // Closes the connections of requests that do not end after the abort.
    setTimeout(() => {
      server.closeAllConnections();
      cut.resolve();
    }, limits.shutdownAbortMs).unref();
  }, graceMs);
  // Followers of a background response keep their connections open until it ends. The last requests may start others.
  await closed;
  await Promise.race([runs.drained(), cut.promise]);
  clearTimeout(deadline);
}
