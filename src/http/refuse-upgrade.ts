import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { createRequestId } from '../ids.ts';

/** Answers a request for an upgrade with the envelope, as plain HTTP, and closes: the socket has no `response`. */
export function refuseUpgrade(socket: Duplex, error: ApiError, requestId: string = createRequestId()): void {
  const body = JSON.stringify(toErrorBody(error));
  const challenge = error.status === 401 ? 'WWW-Authenticate: Bearer\r\n' : '';
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\n${challenge}` +
      `Connection: close\r\n\r\n${body}`,
    // A client that never closes its side would hold the socket, and with it the end of the process.
    () => socket.destroy(),
  );
}

/** Answers bytes that are not HTTP, or come too slowly, with the envelope and closes. */
export function refuseMalformed(_error: Error, socket: Duplex): void {
  if (!socket.writable) return;
  refuseUpgrade(socket, new ApiError('invalid_value', 'This is not a complete, well-formed HTTP request.'));
}
