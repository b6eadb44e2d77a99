import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import { createRequestId } from '../../ids.ts';

/** Answers a request for an upgrade with the envelope, as plain HTTP, and closes: the socket has no `response`. */
export function refuseUpgrade(socket: Duplex, error: ApiError, requestId: string = createRequestId()): void {
  const body = JSON.stringify(toErrorBody(error));
  const challenge = error.status === 401 ? 'WWW-Authenticate: Bearer\r\n' : '';
  const retry = error.retryAfter === undefined ? '' : `Retry-After: ${Math.ceil(error.retryAfter)}\r\n`;
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\n${challenge}${retry}` +
      `Connection: close\r\n\r\n${body}`,
    // A client that never closes its side would hold the socket, and with it the end of the process.
    () => socket.destroy(),
  );
}

/** Answers bytes that are not HTTP, are too many or come too slowly with the envelope, and closes. */
export function refuseMalformed({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  // A second head within a reply would be read as a part of it.
  if (!socket.writable || isAnswering(socket)) socket.destroy();
  else refuseUpgrade(socket, toRefusal(code));
}

/** Node keeps the reply of a connection there, and looks for the same reason: see `socketOnError` in its `_http_server`. */
function isAnswering(socket: Duplex & { _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}

function toRefusal(code: string | undefined): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiError('invalid_value', `The head of the request is larger than ${maxHeaderSize} bytes.`, {
        status: 431,
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiError('invalid_value', 'The request did not arrive whole in time.', { status: 408 });
    default:
      return new ApiError('invalid_value', 'This is not a complete, well-formed HTTP request.');
  }
}
