import type { Socket } from 'node:net';
import type { ApiError } from '../errors/api-error.ts';
import type { BodySlot, BodySlots } from '../http/body/body-slots.ts';
import type { ResponseSocket } from './response-socket.ts';

/** Close code that asks the client to reconnect later. */
const tryAgainLater = 1013;

export interface GateOptions {
  socket: ResponseSocket;
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  tenant: string;
  bodySlots: BodySlots;
}

/**
 * Applies the bounds of request bodies to the messages of a WebSocket. A message that grows large needs a slot; the
 * connection is paused until it has one. A refused slot closes the connection, since the rest of a message cannot be
 * skipped.
 */
export function guardMessages({ socket, wire, tenant, bodySlots }: GateOptions): void {
  /** Bytes of the arriving message. Control frames are included: they are small and few. */
  let bytes = 0;
  let small = 0;
  let slot: BodySlot | undefined;
  let isPaused = false;
  // Runs before the library's listener, which emits the messages that these bytes complete.
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
    // The rest is read and dropped, so that the client's close frame arrives.
    resume();
  }

  function resume(): void {
    if (!isPaused) return;
    isPaused = false;
    socket.resume();
  }
}
