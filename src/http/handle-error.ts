import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { replayHeaders } from './replay-headers.ts';
import { sendJson } from './send-reply.ts';
import './request-locals.ts';

/** The last stop of every failure: the envelope with its status, or, when a reply has begun, an end of the connection. */
export const handleError: ErrorRequestHandler = (reason: unknown, _request, response, _next) => {
  const error = fromExpress(reason) ?? ApiError.from(reason);
  response.locals.error = error;
  if (response.headersSent || response.destroyed) response.destroy();
  else sendError(response, error);
};

function sendError(response: ServerResponse, error: ApiError): void {
  if (error.retryAfter !== undefined) response.setHeader('retry-after', Math.ceil(error.retryAfter));
  if (error.allow !== undefined) response.setHeader('allow', error.allow);
  const headers = replayHeaders(error.replayed);
  sendJson(response, { kind: 'json', status: error.status, body: toErrorBody(error), headers });
}

/**
 * Express's router throws a URIError when a path can't be decoded; what serves files throws an error with a status for a
 * range or a condition that can't be met.
 */
function fromExpress(reason: unknown): ApiError | undefined {
  if (reason instanceof URIError) {
    return new ApiError('invalid_value', 'The request path is not validly percent-encoded.', { cause: reason });
  }
  const status = reason instanceof Error && 'status' in reason ? reason.status : undefined;
  if (status !== 412 && status !== 416) return undefined;
  const header = status === 412 ? 'condition' : 'range';
  return new ApiError('invalid_value', `The ${header} in the request's headers can't be met.`, {
    status,
    cause: reason,
  });
}
