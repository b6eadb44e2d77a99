import type { Request, Response } from 'express';
import type { Log } from '../log.ts';
import './request-locals.ts';

export interface EndedRequest {
  request: Request;
  response: Response;
  path: string;
  /** Omitted: the client left before the reply. */
  status: number | undefined;
  milliseconds: number;
}

/** Returns a function that writes one log line for a request that has ended. */
export function logRequests(log: Log): (ended: EndedRequest) => void {
  // Redaction costs more than the rest of the line, and none of the fields below can hold a secret.
  const requestLog = log.child({}, { redact: [] });
  return ({ request, response, path, status, milliseconds }) => {
    const { requestId, tenant, operator, error } = response.locals;
    const line = {
      requestId,
      method: request.method,
      path,
      // Undefined when authentication failed or is not required.
      tenant,
      // Undefined unless the operation is one of operators.
      operator,
      status,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(response.writableFinished ? {} : { cutShort: true }),
      ...(error ? { code: error.code } : {}),
    };
    // A failed run has its own, more detailed line.
    if (error?.isServerError && !error.isLogged) log.error({ ...line, err: error.cause ?? error }, 'request failed');
    else requestLog.info(line, 'request');
  };
}
