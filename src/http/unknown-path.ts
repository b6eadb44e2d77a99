import type { RequestHandler } from 'express';
import type { ContractOperation } from '../contract/load-contract.ts';
import { ApiError } from '../errors/api-error.ts';

/**
 * Refuses every request with `not_found`. Names the right path for one that a wrong base URL makes: `/responses`,
 * `/v1/v1/responses`, `//v1/responses`.
 */
export function refuseUnknownPath(operations: readonly Pick<ContractOperation, 'path'>[]): RequestHandler {
  const fixed = new Set(operations.map(({ path }) => path).filter((path) => /^\/v1\/[^{]+$/.test(path)));
  return ({ method, path }, _response, next) => {
    const meant = [...fixed].find((known) => path.endsWith(known.slice('/v1'.length)));
    const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
    next(new ApiError('not_found', `Unknown path: ${method} ${path}${hint}`));
  };
}
