import type { Socket } from 'node:net';
import type { Lane } from './lanes.ts';
import type { ResponseSocket } from './response-socket.ts';

export interface WriteOptions {
  socket: ResponseSocket;
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  /** The most buffered bytes before the producer must wait. */
  bufferedBytes: number;
  /** Added to each event, unless it is the default lane. */
  lane: Lane;
}

/** Sends each event as a frame, and each batch in one write. Resolves when more may be sent (backpressure). */
export async function writeEvents(events: readonly object[], { socket, wire, bufferedBytes, lane }: WriteOptions) {
  // The name of a lane needs no escapes.
  const end = lane === undefined ? undefined : `,"stream_id":"${lane}"}`;
  const written = Promise.withResolvers<void>();
  wire.cork();
  for (const [index, event] of events.entries()) {
    // A closed socket calls back, too. The signal of the turn then ends it.
    const done = index === events.length - 1 ? () => written.resolve() : undefined;
    const json = JSON.stringify(event);
    socket.send(end === undefined ? json : json.slice(0, -1) + end, done);
  }
  wire.uncork();
  if (socket.bufferedAmount > bufferedBytes) await written.promise;
}
