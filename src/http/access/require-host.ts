import type { RequestHandler } from 'express';
import { ApiError } from '../../errors/api-error.ts';

/** Refuses an HTTP/1.1 request without a `Host` header (RFC 9112, 3.2). Node's own refusal lacks the error envelope. */
export const requireHost: RequestHandler = (request, _response, next) => {
  const isMissing = request.headers.host === undefined && request.httpVersion === '1.1';
  next(isMissing ? new ApiError('invalid_value', 'Missing Host header.') : undefined);
};
