/** Recorded JSON, read leniently: what a peer sent may be of any shape. */
export type Fields = Record<string, unknown>;

export function toFields(value: unknown): Fields {
  // Any object can be read so; an array has none of the names that are asked for.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const toFieldsList = (value: unknown): Fields[] => toList(value).map(toFields);

export const toStringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
