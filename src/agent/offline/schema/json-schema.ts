import { isObject } from '../../../json/is-object.ts';

/** The object form of a JSON Schema. The boolean form is written out where it may stand. */
export type JsonSchema = Record<string, unknown>;

/** The keyword's value where it has the right type; else the keyword says nothing. */
export const readNumber = (schema: JsonSchema, keyword: string): number | undefined => {
  const value = schema[keyword];
  return typeof value === 'number' ? value : undefined;
};

export const readList = (schema: JsonSchema, keyword: string): unknown[] | undefined => {
  const value = schema[keyword];
  return Array.isArray(value) ? value : undefined;
};

/** A keyword that maps names to schemas, as entries that `__proto__` can't disturb. */
export const readMap = (schema: JsonSchema, keyword: string): Map<string, unknown> => {
  const value = schema[keyword];
  return new Map(isObject(value) ? Object.entries(value) : []);
};

/** How many entries a list or a map has. */
export const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;

export const readNames = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
