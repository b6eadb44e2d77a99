import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Exchange, WireFault } from '../exchange.ts';
import type { ResponseSocket } from './response-socket.ts';

export interface ExchangeOptions {
  socket: ResponseSocket;
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  /** Those of the upgrade. */
  headers: IncomingHttpHeaders;
}

const brokenFrame = '{"type":"';

/** Creates the exchange of one turn. */
export function createExchange({ socket, wire, headers }: ExchangeOptions): Exchange {
  let isDisturbed = false;
  return {
    path: '/v1/responses',
    headers,
    isStream: true,
    disturb(fault) {
      if (!isDisturbed) disturb(socket, wire, fault);
      isDisturbed = true;
    },
  };
}

/** Applies a fault to the connection, and so to all its lanes. */
function disturb(socket: ResponseSocket, wire: Socket, fault: WireFault): void {
  switch (fault.kind) {
    case 'reset':
      wire.resetAndDestroy();
      return;
    case 'close':
      return socket.terminate();
    case 'end':
      return socket.close(1000);
    case 'malformed':
      return socket.send(fault.frame ?? brokenFrame);
    // The agent is silent, and no frame ends a stream.
    case 'hang':
    case 'no-done':
      return;
    default:
      fault.kind satisfies never;
  }
}
