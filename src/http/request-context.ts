import type { RequestHandler } from 'express';
import { createRequestId } from '../ids.ts';
import type { Log } from '../log.ts';
import './request-locals.ts';

/** Gives every request an id, sends it as `X-Request-Id`, and writes one log line when the reply has ended. */
export function requestContext(log: Log): RequestHandler {
  // Looking for secrets costs more than the rest of the line, whose fields below can hold none.
  const requestLog = log.child({}, { redact: [] });
  return (request, response, next) => {
    const requestId = createRequestId();
    // Routers cut it while they handle the request.
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
        // Absent where nobody was let in, or the path is open to all.
        tenant: response.locals.tenant,
        status: response.headersSent ? response.statusCode : undefined,
        milliseconds: Math.round((performance.now() - started) * 10) / 10,
        ...(response.writableFinished ? {} : { cutShort: true }),
        ...(error ? { code: error.code } : {}),
      };
      // Of a run that failed, its own line tells more.
      if (error?.isServerError && !error.isLogged) log.error({ ...line, err: error.cause ?? error }, 'request failed');
      else requestLog.info(line, 'request');
    });
    next();
  };
}
