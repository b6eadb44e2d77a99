import { ApiError } from '../../errors/api-error.ts';
import type { Tenants } from '../../tenants/tenants.ts';

/**
 * Asks for `Authorization: Bearer KEY` where there are keys, and gives the key's owner. Throws `invalid_api_key`, whose
 * message never shows what was sent.
 */
export function checkKey(authorization: string | undefined, tenants: Pick<Tenants, 'ownerOf'>): string {
  const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const owner = tenants.ownerOf(key);
  if (owner !== undefined) return owner;
  throw new ApiError('invalid_api_key', key === undefined ? missingKey : 'Invalid API key');
}

const missingKey = "Missing API key: send it as 'Authorization: Bearer KEY'.";
