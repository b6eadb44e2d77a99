import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import type { OperationId } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import { createRequestId } from '../ids.ts';
import type { Log } from '../log.ts';
import { readTraceContext, type TraceContext } from '../trace-context.ts';
import { logRequests } from './log-requests.ts';
import './request-locals.ts';

/** A request that has arrived. */
export interface RequestHead {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** How a request ended. */
export interface RequestEnd {
  /** Omitted: the path is none of the contract's, or the request was refused before it was routed. */
  operationId?: OperationId | undefined;
  /** The path of the operation, as the contract writes it. */
  route?: string | undefined;
  /** Omitted: the client left before the reply. */
  status?: number | undefined;
  error?: ApiError | undefined;
  milliseconds: number;
}

/** Watches one request. Its methods are called synchronously and must not throw. */
export interface RequestWatch {
  /** The place of the request in its trace. Omitted: that which the client sent. */
  readonly trace?: TraceContext | undefined;
  /** Called once, when the reply ended or the client left. */
  ended(end: RequestEnd): void;
}

export type WatchRequest = (head: RequestHead) => RequestWatch;

/**
 * Assigns each request an id, sent as `X-Request-Id`, and its trace. Logs and watches it until the reply ends or the
 * client disconnects.
 */
export function watchRequests(log: Log, watchRequest: WatchRequest): RequestHandler {
  const logRequest = logRequests(log);
  return (request, response, next) => {
    const started = performance.now();
    // Routers shorten `request.path` while they handle the request.
    const { method, path, headers } = request;
    const requestId = createRequestId();
    const watch = watchRequest({ method, path, headers });
    response.locals.requestId = requestId;
    response.locals.trace = watch.trace ?? readTraceContext(headers);
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const { operation, error } = response.locals;
      const status = response.headersSent ? response.statusCode : undefined;
      const milliseconds = performance.now() - started;
      logRequest({ request, response, path, status, milliseconds });
      watch.ended({ operationId: operation?.operationId, route: operation?.path, status, error, milliseconds });
    });
    next();
  };
}
