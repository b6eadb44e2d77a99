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

/**
 * Sends the JSON text of each event as a frame, and all of them in one write. Returns a promise if no more may be sent
 * before it resolves (backpressure).
 */
export function writeEvents(
  texts: readonly string[],
  { socket, wire, bufferedBytes, lane }: WriteOptions,
): Promise<void> | undefined {
  // The name of a lane needs no escapes.
  const end = lane === undefined ? undefined : `,"stream_id":"${lane}"}`;
  const written = Promise.withResolvers<void>();
  wire.cork();
  for (const [index, text] of texts.entries()) {
    // A closed socket calls back, too. The signal of the turn then ends it.
    const done = index === texts.length - 1 ? () => written.resolve() : undefined;
    socket.send(end === undefined ? text : text.slice(0, -1) + end, done);
  }
  wire.uncork();
  return socket.bufferedAmount > bufferedBytes ? written.promise : undefined;
}
