import type { RequestListener } from 'node:http';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import type { Route } from './mount-operations.ts';

interface Handlers {
  /** The handlers before those of a route. */
  first: readonly RequestHandler[];
  routes: readonly Route[];
  handleError: ErrorRequestHandler;
}

/**
 * Serves operations at fixed paths by calling their handlers in order. Express, which searches its list of paths and
 * keeps state for each handler, serves all other requests, and the same operations under any other form of their path.
 * See docs/decisions/2026-11-30-hot-operations.md.
 */
export function serveFixedPaths(app: Express, { first, routes, handleError }: Handlers): RequestListener {
  const fixed = new Map(
    routes.filter(isFixed).map(({ operation: { method, path }, handlers }) => {
      return [toKey(method.toUpperCase(), path), [...first, ...handlers]];
    }),
  );
  return (message, reply) => {
    const handlers = fixed.get(toKey(message.method, message.url));
    if (!handlers) return app(message, reply);
    // `createMessageClasses` has set the prototypes of both.
    const request = message as Request;
    const response = reply as Response;
    request.originalUrl = request.url;
    request.params = {};
    response.locals = Object.create(null);
    callInOrder(handlers, handleError, { request, response });
  };
}

/** Handlers of parameters need the router of Express. */
const isFixed = ({ operation: { path, hasParameters } }: Route): boolean => !hasParameters && !path.includes('{');

/** A target with a query has another key, and so has a path that only Express resolves. */
const toKey = (method: string | undefined, target: string | undefined): string => `${method} ${target}`;

interface Messages {
  request: Request;
  response: Response;
}

/** Calls each handler once the one before has called `next`. Errors are handled as Express does. */
function callInOrder(
  handlers: readonly RequestHandler[],
  handleError: ErrorRequestHandler,
  { request, response }: Messages,
): void {
  let index = 0;
  const next = (error?: unknown): void => {
    if (error) return void handleError(error, request, response, next);
    const handler = handlers[index++];
    if (!handler) throw new Error(`No handler replied to ${request.method} ${request.url}.`);
    try {
      const result: unknown = handler(request, response, next);
      // `next` without an error would call the next handler.
      if (result instanceof Promise) result.catch((reason: unknown) => next(reason || new Error('Rejected promise')));
    } catch (thrown) {
      next(thrown);
    }
  };
  next();
}
