import type { Socket } from 'node:net';

/** Of Node's: `bytesWritten` counts what was handed to the system layer, `writeQueueSize` what of it still waits there. */
interface Handle {
  bytesWritten: number;
  writeQueueSize: number;
}

/**
 * Until disposed, cuts the connection to a peer that leaves everything unread for `stallMs` (and, as this looks at
 * intervals, at most twice as long). Bytes that the peer takes count, not those that it sends: a client that pings on
 * while it reads nothing is stalled too.
 */
export function cutStalled(socket: Socket, stallMs: number): Disposable {
  let stuckAt = findStuck(socket);
  const timer = setInterval(() => {
    const now = findStuck(socket);
    if (now !== undefined && now === stuckAt) socket.destroy();
    stuckAt = now;
  }, stallMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** How many bytes the system has taken, while others wait; `undefined` when none do. */
function findStuck(socket: Socket & { _handle?: Handle | null }): number | undefined {
  const { _handle: handle, writableLength } = socket;
  return handle && writableLength > 0 ? handle.bytesWritten - handle.writeQueueSize : undefined;
}
