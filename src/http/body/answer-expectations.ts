import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from '../../errors/api-error.ts';

/**
 * Lets the application answer requests with an `Expect` header, which Node would answer without an envelope. A client that
 * asks before it sends a body gets `100 Continue`, unless the body is larger than `maxBytes`.
 */
export function answerExpectations(server: Server, { maxBytes }: { maxBytes: number }): void {
  const answer = (request: IncomingMessage, response: ServerResponse) => server.emit('request', request, response);
  server.on('checkExpectation', answer);
  server.on('checkContinue', (request, response) => {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared <= maxBytes) response.writeContinue();
    answer(request, response);
  });
}

/** Refuses every other expectation. RFC 9110, 10.1.1: those of HTTP/1.0 are ignored. */
export const refuseExpectations: RequestHandler = ({ headers: { expect }, httpVersion }, _response, next) => {
  if (expect === undefined || httpVersion === '1.0' || /(?:^|\W)100-continue(?:$|\W)/i.test(expect)) next();
  else next(new ApiError('expectation_failed', "Unsupported 'Expect' header. Expected '100-continue', or none."));
};
