import type { RequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import type { IntegerParameter } from './load-contract.ts';

/**
 * Refuses query integers that express-openapi-validator accepts: it coerces `0x10` and `1e999`, and compares infinity
 * with neither minimum nor maximum. A parameter with a maximum must be a decimal integer; any other must be finite.
 */
export function checkIntegers(parameters: readonly IntegerParameter[]): RequestHandler {
  return (request, _response, next) => {
    const invalid = parameters.find((parameter) => isInvalid(parameter, request.query[parameter.name]))?.name;
    next(invalid && new ApiError('invalid_value', `Invalid '${invalid}': must be integer.`, { param: invalid }));
  };
}

function isInvalid({ isBounded }: IntegerParameter, text: unknown): boolean {
  if (typeof text !== 'string') return false;
  return isBounded ? !/^-?\d+$/.test(text) : !Number.isFinite(Number(text));
}
