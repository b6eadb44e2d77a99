import type { Socket } from 'node:net';
import type { ApiError } from '../errors/api-error.ts';
import type { BodyPlace, BodyPlaces } from '../http/body/body-places.ts';
import type { ResponseSocket } from './response-socket.ts';

/** Tells a client to connect again, later. */
const tryAgainLater = 1013;

export interface GateOptions {
  socket: ResponseSocket;
  /** The socket under it. */
  wire: Socket;
  tenant: string;
  places: BodyPlaces;
}

/**
 * Reads the messages of a WebSocket under the bounds of request bodies: one that grows large is read on only in a place.
 * Until it has one, the connection is paused. One that is refused a place closes the connection, since its rest can't be
 * skipped.
 */
export function guardMessages({ socket, wire, tenant, places }: GateOptions): void {
  /** Of the message that is arriving. Control frames count too: they are small, and never many. */
  let bytes = 0;
  let small = 0;
  let place: BodyPlace | undefined;
  let isPaused = false;
  // Before the listener of the library, which emits the message that ends in these bytes.
  wire.prependListener('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (place) return place.resize(bytes);
    countSmall(chunk.length);
    if (!places.needsPlace(bytes)) return;
    countSmall(-small);
    isPaused = true;
    socket.pause();
    place = places.enter({ tenant, onPlace: resume, onRefusal: refuse });
    place.resize(bytes);
  });
  socket.on('message', end);
  socket.once('close', end);

  function countSmall(change: number): void {
    small += change;
    places.countSmall(change);
  }

  function end(): void {
    bytes = 0;
    countSmall(-small);
    place?.[Symbol.dispose]();
    place = undefined;
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
