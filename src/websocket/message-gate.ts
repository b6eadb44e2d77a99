import type { Socket } from 'node:net';
import type { ApiError } from '../errors/api-error.ts';
import type { BodySlot, BodySlots } from '../http/body/body-slots.ts';
import type { ResponseSocket } from './response-socket.ts';

/** Tells a client to connect again, later. */
const tryAgainLater = 1013;

export interface GateOptions {
  socket: ResponseSocket;
  /** The socket under it. */
  wire: Socket;
  tenant: string;
  bodySlots: BodySlots;
}

/**
 * Reads the messages of a WebSocket under the bounds of request bodies: one that grows large is read on only in a slot.
 * Until it has one, the connection is paused. One that is refused a slot closes the connection, since its rest can't be
 * skipped.
 */
export function guardMessages({ socket, wire, tenant, bodySlots }: GateOptions): void {
  /** Of the message that is arriving. Control frames count too: they are small, and never many. */
  let bytes = 0;
  let small = 0;
  let slot: BodySlot | undefined;
  let isPaused = false;
  // Before the listener of the library, which emits the message that ends in these bytes.
  wire.prependListener('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (slot) return slot.resize(bytes);
    countSmall(chunk.length);
    if (!bodySlots.needsSlot(bytes)) return;
    countSmall(-small);
    isPaused = true;
    socket.pause();
    slot = bodySlots.enter({ tenant, onSlot: resume, onRefusal: refuse });
    slot.resize(bytes);
  });
  socket.on('message', end);
  socket.once('close', end);

  function countSmall(change: number): void {
    small += change;
    bodySlots.countSmall(change);
  }

  function end(): void {
    bytes = 0;
    countSmall(-small);
    slot?.[Symbol.dispose]();
    slot = undefined;
    resume();
  }

  function refuse(error: ApiError): void {
    socket.sendError(error);
    socket.close(tryAgainLater);
    // The rest is read and dropped, so that the answer to the close arrives.
    resume();
  }

  function resume(): void {
    if (!isPaused) return;
    isPaused = false;
    socket.resume();
  }
}
