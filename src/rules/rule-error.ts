import { ApiError } from '../errors/api-error.ts';

/** Creates the error of an invalid rule. `param` is the path of the invalid value, such as `rules[0].when.message`. */
export const createRuleError = (param: string, complaint: string): ApiError =>
  new ApiError('invalid_value', `Invalid '${param}': ${complaint}.`, { param });
