import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import { createRequestId } from '../../ids.ts';
import { atEndOfTurn } from '../../net/at-end-of-turn.ts';

/**
 * Refuses an upgrade with the error envelope and closes the socket. Writes plain HTTP: the socket has no `response`.
 */
export function refuseUpgrade(socket: Duplex, error: ApiError, requestId: string = createRequestId()): void {
  const body = JSON.stringify(toErrorBody(error));
  const challenge = error.status === 401 ? 'WWW-Authenticate: Bearer\r\n' : '';
  const retry = error.retryAfter === undefined ? '' : `Retry-After: ${Math.ceil(error.retryAfter)}\r\n`;
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\n${challenge}${retry}` +
      `Connection: close\r\n\r\n${body}`,
    // A client that never closes its side would keep the socket open and the process alive.
    () => socket.destroy(),
  );
}

/** Refuses malformed, too large or too slow requests with the error envelope and closes the socket. */
export function refuseMalformed({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  // The reply to a request before it may wait for the end of the turn.
  atEndOfTurn(() => {
    // The client would read a second head as part of the current reply.
    if (!socket.writable || isAnswering(socket)) socket.destroy();
    else refuseUpgrade(socket, toRefusal(code));
  });
}

/** Whether a reply has started. Node's own `socketOnError` in `_http_server` uses the same internal field. */
function isAnswering(socket: Duplex & { _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}

function toRefusal(code: string | undefined): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiError('invalid_value', `The request headers are larger than ${maxHeaderSize} bytes.`, {
        status: 431,
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiError('invalid_value', 'Timed out waiting for the complete request.', { status: 408 });
    default:
      return new ApiError('invalid_value', 'Malformed or incomplete HTTP request.');
  }
}
