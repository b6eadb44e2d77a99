import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

export interface WatchOptions {
  socket: WebSocket;
  /** What lies under it. */
  wire: Socket;
  /** Between two pings, which also keep proxies from cutting an idle connection. */
  pingMs: number;
  /** Without a byte from the peer for so long, it counts as dead. */
  silenceMs: number;
}

/** Pings the peer until disposed, and cuts the connection to one that is dead. */
export function watchPeer({ socket, wire, pingMs, silenceMs }: WatchOptions): Disposable {
  let bytesRead = wire.bytesRead;
  let heardAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // Bytes, not messages: a large message that arrives slowly is a sign of life.
    if (wire.bytesRead !== bytesRead) heardAt = now;
    bytesRead = wire.bytesRead;
    if (now - heardAt > silenceMs) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
  }, pingMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
