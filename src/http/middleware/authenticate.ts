import type { RequestHandler } from 'express';
import { createKeyCheck } from '../check-key.ts';
import '../request-locals.ts';

/** Asks for the key, and sets the tenant of the request. */
export function authenticate(key: string | undefined): RequestHandler {
  const checkKey = createKeyCheck(key);
  return (request, response, next) => {
    try {
      response.locals.tenant = checkKey(request.headers.authorization);
    } catch (error) {
      response.setHeader('www-authenticate', 'Bearer');
      return next(error);
    }
    next();
  };
}
