import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ApiError } from '../../errors/api-error.ts';
import '../request-locals.ts';

/** The tenant of a server with one key, or none. */
const defaultTenant = 'default';

/**
 * Asks for `Authorization: Bearer KEY` where a key is configured. Digests of equal length are compared in constant
 * time, so that neither the key nor its length can be guessed from how long a refusal takes.
 */
export function authenticate(key: string | undefined): RequestHandler {
  const expected = key === undefined ? undefined : digest(key);
  return (request, response, next) => {
    if (expected) {
      const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || !timingSafeEqual(digest(token), expected)) {
        response.setHeader('www-authenticate', 'Bearer');
        return next(new ApiError('invalid_api_key', token === undefined ? missingKey : 'Invalid API key'));
      }
    }
    response.locals.tenant = defaultTenant;
    next();
  };
}

const missingKey = "Missing API key: send it as 'Authorization: Bearer KEY'.";

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
