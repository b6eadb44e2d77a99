import { ApiError } from '../../errors/api-error.ts';
import type { Tenants } from '../../tenants/tenants.ts';

/**
 * Returns the tenant that owns the key in `Authorization: Bearer KEY`. A server without keys accepts every request.
 * Throws `invalid_api_key`, whose message never contains the key.
 */
export function checkKey(authorization: string | undefined, tenants: Pick<Tenants, 'ownerOf'>): string {
  const key = readKey(authorization);
  const owner = tenants.ownerOf(key);
  if (owner !== undefined) return owner;
  throw new ApiError('invalid_api_key', key === undefined ? missingKey : 'Invalid API key');
}

const missingKey = "Missing API key: send it as 'Authorization: Bearer KEY'.";

/** Whether the key in the header is an operator's. */
export const isOperatorKey = (authorization: string | undefined, tenants: Pick<Tenants, 'isOperator'>): boolean =>
  tenants.isOperator(readKey(authorization));

/** Returns the name of the key in the header if it is one of an operator of the server. */
export const findOperator = (
  authorization: string | undefined,
  tenants: Pick<Tenants, 'operatorOf'>,
): string | undefined => tenants.operatorOf(readKey(authorization));

const readKey = (authorization = ''): string | undefined => /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
