import { isObject } from '../../json/is-object.ts';

/** Returns an object, which should be JSON text, as that text, and nothing as `empty`. Any other value stays. */
export function toJsonText(value: unknown, empty: string): unknown {
  if (value === undefined || value === null) return empty;
  return isObject(value) ? JSON.stringify(value) : value;
}

/** Maps the elements of a list; any other value stays as it is. */
export const mapList = (value: unknown, map: (element: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(map) : value;
