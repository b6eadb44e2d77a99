import type { Server } from 'node:http';
import { setImmediate as nextPoll } from 'node:timers/promises';
import { limits } from '../config/limits.ts';

/** Closes each connection after its next reply. */
export function closeAfterReplies(server: Server): void {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
}

/**
 * Closes the listener and the idle connections. Requests on open connections are still served. Resolves when no
 * connection is left.
 */
export async function stopListening(server: Server): Promise<void> {
  // After a stream that started earlier, the client may still send a request within this time.
  server.keepAliveTimeout = limits.shutdownIdleMs;
  server.keepAliveTimeoutBuffer = 0;
  await untilIdle();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/**
 * Resolves right after the event loop has polled all sockets and found almost nothing. Closing a socket with an unread
 * request would make the kernel reset the connection.
 */
async function untilIdle(): Promise<void> {
  const deadline = performance.now() + limits.shutdownReadMs;
  for (let before = performance.now(); ; ) {
    await nextPoll();
    const now = performance.now();
    if (now - before < 1 || now > deadline) return;
    before = now;
  }
}
