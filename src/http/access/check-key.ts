import { ApiError } from '../../errors/api-error.ts';
import type { Tenants } from '../../tenants/tenants.ts';

/**
 * Returns the tenant that owns the key in `Authorization: Bearer KEY`. A server without keys accepts every request.
 * Throws `invalid_api_key`, whose message never contains the key.
 */
export function checkKey(authorization: string | undefined, tenants: Pick<Tenants, 'ownerOf'>): string {
  const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const owner = tenants.ownerOf(key);
  if (owner !== undefined) return owner;
  throw new ApiError('invalid_api_key', key === undefined ? missingKey : 'Invalid API key');
}

const missingKey = "Missing API key: send it as 'Authorization: Bearer KEY'.";
