import type { RequestHandler } from 'express';
import { isObject } from '../json/is-object.ts';

/**
 * Creates a handler that moves `stream` from the JSON body of a GET to its query. OpenAI's client for Go sends it there,
 * without a content type, and would otherwise get no event and no error.
 */
export function readStreamWish(readBody: RequestHandler): RequestHandler {
  return (request, response, next) => {
    request.headers['content-type'] ??= 'application/json';
    if (!request.headers['content-type'].startsWith('application/json') || request.query['stream']) {
      next();
      return;
    }
    readBody(request, response, (error?: unknown) => {
      const body: unknown = request.body;
      if (isObject(body) && body['stream'] === true) {
        request.url += `${request.url.includes('?') ? '&' : '?'}stream=true`;
      }
      next(error);
    });
  };
}
