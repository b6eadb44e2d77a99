import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';

const none: readonly [] = [];

/** Returns the objects of an optional list. Throws `upstream_error` when the value is not a list. */
export function toObjects(value: unknown): readonly Record<string, unknown>[] {
  if (value === undefined || value === null) return none;
  if (Array.isArray(value)) return value.filter(isObject);
  throw new ApiError('upstream_error', "The agent's answer could not be read.");
}
