import type { RequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import type { Contract } from './load-contract.ts';

/**
 * Refuses query parameters that are no decimal integers. The validator coerces `0x10`, `1e2` and `1e999`, and compares the last,
 * which is infinite, with neither minimum nor maximum.
 */
export function checkIntegers({ document }: Pick<Contract, 'document'>): RequestHandler {
  const names = Object.values(document.components.parameters ?? {}).flatMap(({ in: place, name, schema }) =>
    place === 'query' && name !== undefined && schema?.type === 'integer' ? [name] : [],
  );
  return ({ query }, _response, next) => {
    const wrong = names.find((param) => typeof query[param] === 'string' && !isDecimal(query[param]));
    next(wrong && new ApiError('invalid_value', `Invalid '${wrong}': must be integer.`, { param: wrong }));
  };
}

const isDecimal = (text: string): boolean => /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text));
