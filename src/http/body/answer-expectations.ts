import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from '../../errors/api-error.ts';

/**
 * Passes requests with an `Expect` header to the application: Node's own reply lacks the error envelope. A client that
 * sends `Expect: 100-continue` gets `100 Continue`, unless it declares a body larger than `maxBytes`.
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

/** Refuses every other expectation. An HTTP/1.0 client's is ignored (RFC 9110, 10.1.1). */
export const refuseExpectations: RequestHandler = ({ headers: { expect }, httpVersion }, _response, next) => {
  if (expect === undefined || httpVersion === '1.0' || /(?:^|\W)100-continue(?:$|\W)/i.test(expect)) next();
  else
    next(new ApiError('expectation_failed', "Unsupported 'Expect' header. Expected '100-continue' or no such header."));
};
