import type { Socket } from 'node:net';

/** Node's handle: `bytesWritten` counts bytes passed to libuv, `writeQueueSize` those of them still queued there. */
interface Handle {
  bytesWritten: number;
  writeQueueSize: number;
}

/**
 * Destroys a connection whose peer reads nothing for `stallMs`; polling delays this to twice as long at most. Only bytes
 * that the peer reads count: a client that sends pings without reading is stalled too. Stops when disposed.
 */
export function cutStalled(socket: Socket, stallMs: number): Disposable {
  let last = countSent(socket);
  const timer = setInterval(() => {
    const sent = countSent(socket);
    if (sent !== undefined && sent === last) socket.destroy();
    last = sent;
  }, stallMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Returns the bytes that the kernel has accepted; `undefined` if no more are queued. */
function countSent(socket: Socket & { _handle?: Handle | null }): number | undefined {
  const { _handle: handle, writableLength } = socket;
  return handle && writableLength > 0 ? handle.bytesWritten - handle.writeQueueSize : undefined;
}
