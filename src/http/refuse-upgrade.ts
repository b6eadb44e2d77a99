import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { createRequestId } from '../ids.ts';

/** A prompt 426 to any upgrade this server does not speak: clients that probe for WebSocket fall back at once. */
export function refuseUpgrade(_request: IncomingMessage, socket: Duplex): void {
  writeRefusal(socket, new ApiError('upgrade_required', 'This server does not speak that protocol: use plain HTTP.'));
}

/** Answers bytes that are not HTTP, or come too slowly, with the envelope and closes. */
export function refuseMalformed(_error: Error, socket: Duplex): void {
  if (!socket.writable) return;
  writeRefusal(socket, new ApiError('invalid_value', 'This is not a complete, well-formed HTTP request.'));
}

function writeRefusal(socket: Duplex, error: ApiError): void {
  const body = JSON.stringify(toErrorBody(error));
  const reason = error.status === 426 ? 'Upgrade Required' : 'Bad Request';
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${error.status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${createRequestId()}\r\n` +
      `Connection: close\r\n\r\n${body}`,
    // A client that never closes its side would hold the socket, and with it the end of the process.
    () => socket.destroy(),
  );
}
