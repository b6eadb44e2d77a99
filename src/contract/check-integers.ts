import type { RequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import type { Contract } from './load-contract.ts';
import { toTemplate } from './to-template.ts';

/**
 * Refuses integer query parameters of an operation that are no decimal integers. The validator coerces `0x10`, `1e2` and
 * `1e999`, and compares the last, which is infinite, with neither minimum nor maximum.
 */
export function checkIntegers({ operations }: Pick<Contract, 'operations'>): RequestHandler {
  const names = new Map(operations.map(({ method, path, integers }) => [`${method} ${path}`, integers]));
  return (request, _response, next) => {
    const { query } = request;
    // A HEAD request is answered by the operation of GET.
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const wrong = names
      .get(`${method} ${toTemplate(request)}`)
      ?.find((param) => typeof query[param] === 'string' && !isDecimal(query[param]));
    next(wrong && new ApiError('invalid_value', `Invalid '${wrong}': must be integer.`, { param: wrong }));
  };
}

const isDecimal = (text: string): boolean => /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text));
