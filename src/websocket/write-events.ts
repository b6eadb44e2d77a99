import type { Socket } from 'node:net';
import type { ResponseSocket } from './response-socket.ts';

export interface WriteOptions {
  socket: ResponseSocket;
  /** What lies under it. */
  wire: Socket;
  /** As much may wait unread; then the producer waits. */
  bufferedBytes: number;
}

/** Sends each event as a frame of its own, and each batch in one write. Resolves once the client may be sent more. */
export async function writeEvents(events: readonly object[], { socket, wire, bufferedBytes }: WriteOptions) {
  const written = Promise.withResolvers<void>();
  wire.cork();
  for (const [index, event] of events.entries()) {
    // A socket that has closed meanwhile calls back too: the turn then ends by its signal.
    const done = index === events.length - 1 ? () => written.resolve() : undefined;
    socket.send(JSON.stringify(event), done);
  }
  wire.uncork();
  if (socket.bufferedAmount > bufferedBytes) await written.promise;
}
