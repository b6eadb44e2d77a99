import { withExactNumbers } from '../../json/exact-numbers.ts';
import { isObject } from '../../json/is-object.ts';

/** Returns a value that should be JSON text as that text, with the digits as received, and nothing as `empty`. */
export function toJsonText(value: unknown, empty: string): unknown {
  if (value === undefined || value === null) return empty;
  return typeof value === 'string' ? value : JSON.stringify(withExactNumbers(value));
}

/** Returns the arguments of a call as JSON text. Those that are no object stay, for an error that names them. */
export function toArguments(value: unknown): unknown {
  const object = toObject(value ?? {});
  return isObject(object) ? toJsonText(object, '{}') : value;
}

/** Replaces an empty list: PHP writes an empty object so. */
export const toObject = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? {} : value);

/** Maps the elements of a list; any other value stays as it is. */
export const mapList = (value: unknown, map: (element: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(map) : value;

/** Replaces the fields that are present; `read` has a function for each. */
export function readFields(fields: Record<string, unknown>, read: Record<string, (value: unknown) => unknown>) {
  const found = Object.entries(read).filter(([name]) => fields[name] !== undefined);
  return { ...fields, ...Object.fromEntries(found.map(([name, map]) => [name, map(fields[name])])) };
}
