import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

export interface WatchOptions {
  socket: WebSocket;
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  /** The interval of pings, which also keep proxies from closing an idle connection. */
  pingMs: number;
  /** The peer is dead after this long without a byte from it. */
  silenceMs: number;
}

/** Pings the peer until disposed, and terminates the connection when the peer is dead. */
export function watchPeer({ socket, wire, pingMs, silenceMs }: WatchOptions): Disposable {
  let bytesRead = wire.bytesRead;
  let readAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // Counts bytes, not messages: a large message may arrive slowly.
    if (wire.bytesRead !== bytesRead) readAt = now;
    bytesRead = wire.bytesRead;
    if (now - readAt > silenceMs) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
  }, pingMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
