import type { Server } from 'node:http';
import { setImmediate as nextLook } from 'node:timers/promises';
import { limits } from '../config/limits.ts';

/** Has every reply from now on close its connection: kept connections go one by one, each after an answer. */
export function closeAfterReplies(server: Server): void {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
}

/**
 * Closes the listener and the idle connections; resolves when no connection is left. Requests on connections that are open
 * still get their answer.
 */
export async function stopListening(server: Server): Promise<void> {
  // Of a stream that began before: what its client sends next is answered, unless it takes its time.
  server.keepAliveTimeout = limits.shutdownIdleMs;
  server.keepAliveTimeoutBuffer = 0;
  await untilRead();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/**
 * Resolves right after a look at all sockets that found next to nothing. What is closed then has no request waiting unread
 * in it, which the kernel would answer with a reset.
 */
async function untilRead(): Promise<void> {
  const deadline = performance.now() + limits.shutdownReadMs;
  for (let before = performance.now(); ; ) {
    await nextLook();
    const now = performance.now();
    if (now - before < 1 || now > deadline) return;
    before = now;
  }
}
