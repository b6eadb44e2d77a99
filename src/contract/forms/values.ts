/** Returns a value that should be JSON text: text as it is, `empty` for a missing value, anything else as its JSON. */
export function toJsonText(value: unknown, empty: string): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? empty : JSON.stringify(value);
}

/** Returns a list as it is, and a single value as a list of one. */
export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Maps the elements of a list; any other value stays as it is. */
export const mapList = (value: unknown, map: (element: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(map) : value;
