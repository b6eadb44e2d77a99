import { isObject } from '../../../json/is-object.ts';

/** The object form of a JSON Schema. Types that allow the boolean form say so. */
export type JsonSchema = Record<string, unknown>;

/** Returns the value of a keyword, or `undefined` when it has another type: it is ignored then. */
export const readNumber = (schema: JsonSchema, keyword: string): number | undefined => {
  const value = schema[keyword];
  return typeof value === 'number' ? value : undefined;
};

export const readList = (schema: JsonSchema, keyword: string): unknown[] | undefined => {
  const value = schema[keyword];
  return Array.isArray(value) ? value : undefined;
};

/** Returns a keyword that maps names to schemas as a map, in which `__proto__` is an ordinary key. */
export const readMap = (schema: JsonSchema, keyword: string): Map<string, unknown> => {
  const value = schema[keyword];
  return new Map(isObject(value) ? Object.entries(value) : []);
};

/** Returns the number of entries of a list or an object, 0 for any other value. */
export const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;

export const readNames = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
