import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';

/** Parses JSON of an upstream. Throws `upstream_error` when it is invalid or not an object. */
export function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ApiError('upstream_error', "The agent's answer is not valid JSON.", { cause });
  }
  if (isObject(value)) return value;
  throw new ApiError('upstream_error', "The agent's answer is not a JSON object.");
}
