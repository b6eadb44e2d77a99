import type { RequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import type { Contract, IntegerParameter } from './load-contract.ts';
import { toTemplate } from './to-template.ts';

/**
 * Refuses integers of a query that the validator accepts and should not: it coerces `0x10` and `1e999`, and compares the
 * last, which is infinite, with neither minimum nor maximum. One with a maximum is a decimal integer, any other is finite.
 */
export function checkIntegers({ operations }: Pick<Contract, 'operations'>): RequestHandler {
  const parameters = new Map(operations.map(({ method, path, integers }) => [`${method} ${path}`, integers]));
  return (request, _response, next) => {
    // A HEAD request is answered by the operation of GET.
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const wrong = parameters
      .get(`${method} ${toTemplate(request)}`)
      ?.find((parameter) => isWrong(parameter, request.query[parameter.name]))?.name;
    next(wrong && new ApiError('invalid_value', `Invalid '${wrong}': must be integer.`, { param: wrong }));
  };
}

function isWrong({ isBounded }: IntegerParameter, text: unknown): boolean {
  if (typeof text !== 'string') return false;
  return isBounded ? !/^-?\d+$/.test(text) : !Number.isFinite(Number(text));
}
