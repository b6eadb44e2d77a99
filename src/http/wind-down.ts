import type { Server } from 'node:http';
import { setTimeout as delay, setImmediate as nextPoll } from 'node:timers/promises';
import { limits } from '../config/limits.ts';

const drainSteps = 20;

/** Closes each connection after its next reply. */
export function closeAfterReplies(server: Server): void {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
}

/** Lets the process end while the server and its connections are open. */
export function releaseProcess(server: Server): void {
  server.unref();
  server.on('connection', (socket) => socket.unref());
}

/**
 * Closes the listener and the idle connections. Requests on open connections are still served. Resolves when no
 * connection is left.
 */
export async function stopListening(server: Server): Promise<void> {
  // After a stream that started earlier, the client may still send a request within this time.
  server.keepAliveTimeout = limits.shutdownIdleMs;
  server.keepAliveTimeoutBuffer = 0;
  await untilIdle(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/**
 * Resolves right after the event loop has polled all sockets and found almost nothing. Closing a socket with an unread
 * request, or the listener with a waiting connection, would make the kernel reset the connection. libuv accepts one
 * connection in each turn, so a turn that accepted one says nothing about those behind it.
 */
async function untilIdle(server: Server): Promise<void> {
  const deadline = performance.now() + limits.shutdownReadMs;
  let accepted = 0;
  const count = () => accepted++;
  server.on('connection', count);
  // This turn may have polled already. The loop measures whole turns.
  await nextPoll();
  for (let [before, known] = [performance.now(), accepted]; ; ) {
    await nextPoll();
    const now = performance.now();
    if ((now - before < 1 && accepted === known) || now > deadline) break;
    [before, known] = [now, accepted];
  }
  server.off('connection', count);
}

/**
 * Waits for so long while requests can be served. A time in which the event loop stalls counts as one step: health
 * checks that arrive meanwhile must still be answered. Waits for at most `limits.drainStretch` times as long.
 */
export async function whileServing(milliseconds: number): Promise<void> {
  const deadline = performance.now() + limits.drainStretch * milliseconds;
  for (let step = 0; step < drainSteps && performance.now() < deadline; step++) await delay(milliseconds / drainSteps);
}
