import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { replayHeaders } from './replay-headers.ts';
import { sendExact, sendJson } from './send-reply.ts';
import './request-locals.ts';

/** Replies with the error envelope, or closes the connection when the reply has already started. */
export const handleError: ErrorRequestHandler = (reason: unknown, _request, response, _next) => {
  const error = fromExpress(reason) ?? ApiError.from(reason);
  response.locals.error = error;
  if (response.headersSent || response.destroyed) response.destroy();
  else sendError(response, error);
};

function sendError(response: ServerResponse, error: ApiError): void {
  if (error.retryAfter !== undefined) response.setHeader('retry-after', Math.ceil(error.retryAfter));
  if (error.allow !== undefined) response.setHeader('allow', error.allow);
  if (error.reply !== undefined) return sendExact(response, error.reply);
  const headers = replayHeaders(error.replayed);
  sendJson(response, { kind: 'json', status: error.status, body: toErrorBody(error), headers });
}

/**
 * Maps Express's own errors. Its router throws a URIError for a path it cannot decode. Its file handler throws an error
 * with a status for a range or a condition it cannot meet.
 */
function fromExpress(reason: unknown): ApiError | undefined {
  if (reason instanceof URIError) {
    return new ApiError('invalid_value', 'Invalid percent-encoding in the request path.', { cause: reason });
  }
  const status = reason instanceof Error && 'status' in reason ? reason.status : undefined;
  if (status !== 412 && status !== 416) return undefined;
  const message =
    status === 412 ? 'The condition in the request headers failed.' : 'Invalid range in the request headers.';
  return new ApiError('invalid_value', message, { status, cause: reason });
}
