import type { RequestHandler } from 'express';
import { createRequestId } from '../ids.ts';
import type { Log } from '../log.ts';
import './request-locals.ts';

/**
 * Assigns each request an id, sent as `X-Request-Id`, and writes one log line when the reply ends or the client
 * disconnects.
 */
export function requestContext(log: Log): RequestHandler {
  // Redaction costs more than the rest of the line, and none of the fields below can hold a secret.
  const requestLog = log.child({}, { redact: [] });
  return (request, response, next) => {
    const requestId = createRequestId();
    // Routers shorten `request.path` while they handle the request.
    const { path } = request;
    const started = performance.now();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const { error } = response.locals;
      const line = {
        requestId,
        method: request.method,
        path,
        // Undefined when authentication failed or is not required.
        tenant: response.locals.tenant,
        // Undefined unless the operation is one of operators.
        operator: response.locals.operator,
        status: response.headersSent ? response.statusCode : undefined,
        milliseconds: Math.round((performance.now() - started) * 10) / 10,
        ...(response.writableFinished ? {} : { cutShort: true }),
        ...(error ? { code: error.code } : {}),
      };
      // A failed run has its own, more detailed line.
      if (error?.isServerError && !error.isLogged) log.error({ ...line, err: error.cause ?? error }, 'request failed');
      else requestLog.info(line, 'request');
    });
    next();
  };
}
