import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors/api-error.ts';

/** The tenant of a server with one key, or none. */
const defaultTenant = 'default';

/**
 * Asks for `Authorization: Bearer KEY` where a key is configured, and gives the key's owner. Throws `invalid_api_key`.
 * Digests of equal length are compared in constant time, so that neither the key nor its length can be guessed from
 * how long a refusal takes.
 */
export function createKeyCheck(key: string | undefined): (authorization: string | undefined) => string {
  const expected = key === undefined ? undefined : digest(key);
  return (authorization) => {
    if (!expected) return defaultTenant;
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined && timingSafeEqual(digest(token), expected)) return defaultTenant;
    throw new ApiError('invalid_api_key', token === undefined ? missingKey : 'Invalid API key');
  };
}

const missingKey = "Missing API key: send it as 'Authorization: Bearer KEY'.";

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
