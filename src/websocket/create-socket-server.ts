import { type Server, WebSocketServer } from 'ws';
import { ResponseSocket } from './response-socket.ts';

export interface SocketServerOptions {
  maxMessageBytes: number;
}

/** Creates the server that accepts upgrades. A separate file, so that `ws` is loaded at the first upgrade. */
export function createSocketServer({ maxMessageBytes }: SocketServerOptions): Server<typeof ResponseSocket> {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    WebSocket: ResponseSocket,
    maxPayload: maxMessageBytes,
    // See docs/decisions/2026-11-23-websocket.md.
    perMessageDeflate: false,
  });
}
