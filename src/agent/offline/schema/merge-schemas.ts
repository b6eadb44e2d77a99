import { toCanonicalText } from '../../../schemas/canonical-text.ts';
import { type JsonSchema, readMap, readNames, sizeOf } from './json-schema.ts';

type Spend = (values: number) => void;
type Merge = (one: unknown, other: unknown, spend: Spend) => unknown;

/** Marks keywords that no value can satisfy together. */
const disjoint = Symbol('disjoint');

/** Returns the tighter of two bounds. A bound of another type is ignored. */
const tightest =
  (choose: (one: number, other: number) => number): Merge =>
  (one, other) =>
    typeof one === 'number' && typeof other === 'number' ? choose(one, other) : one;

const lower = tightest(Math.max);
const upper = tightest(Math.min);
const both: Merge = (one, other) => (one === false || other === false ? false : { allOf: [one, other] });

const merges: Record<string, Merge> = {
  type: mergeTypes,
  enum: mergeEnums,
  const: (one, other, spend) => (toText(one, spend) === toText(other, spend) ? one : disjoint),
  required: (one, other) => [...new Set([...readNames(one), ...readNames(other)])],
  uniqueItems: (one, other) => one === true || other === true,
  items: both,
  contains: both,
  additionalProperties: both,
  minimum: lower,
  exclusiveMinimum: lower,
  minLength: lower,
  minItems: lower,
  minContains: lower,
  minProperties: lower,
  maximum: upper,
  exclusiveMaximum: upper,
  maxLength: upper,
  maxItems: upper,
  maxProperties: upper,
};

/** Merges two schemas into one that requires both. Returns `undefined` when no value can satisfy it. */
export function mergeSchemas(one: JsonSchema, other: JsonSchema, spend: Spend): JsonSchema | undefined {
  spend(costOf(one, other));
  const merged: JsonSchema = { ...one, ...other };
  for (const [keyword, value] of Object.entries(other)) {
    if (!Object.hasOwn(one, keyword) || !Object.hasOwn(merges, keyword)) continue;
    merged[keyword] = merges[keyword]?.(one[keyword], value, spend);
    if (merged[keyword] === disjoint) return undefined;
  }
  const properties = mergeProperties(one, other);
  if (properties !== undefined) merged['properties'] = properties;
  return merged;
}

/** Number of merged entries that cost as much as one value. */
const entriesPerValue = 20;

/** Returns the cost of a merge, in values. Each type of one schema is compared with each of the other. */
function costOf(one: JsonSchema, other: JsonSchema): number {
  const lists = ['required', 'properties', 'enum'].map((keyword) => sizeOf(one[keyword]) + sizeOf(other[keyword]));
  const keywords = Math.max(0, sizeOf(one) + sizeOf(other) - entriesPerValue);
  const types = sizeOf(one['type']) * sizeOf(other['type']);
  return (lists.reduce((sum, size) => sum + size, 0) + keywords + types) / entriesPerValue;
}

function mergeEnums(one: unknown, other: unknown, spend: Spend): unknown {
  const texts = new Set(toList(other).map((value) => toText(value, spend)));
  return nonEmpty(toList(one).filter((value) => texts.has(toText(value, spend))));
}

const toText = (value: unknown, spend: Spend): string =>
  toCanonicalText(value, (steps) => spend(steps / entriesPerValue));

/** Merges properties. One that only one schema names must satisfy the `additionalProperties` of the other. */
function mergeProperties(one: JsonSchema, other: JsonSchema): JsonSchema | undefined {
  if (one['properties'] === undefined && other['properties'] === undefined) return undefined;
  const [mine, theirs] = [readMap(one, 'properties'), readMap(other, 'properties')];
  const names = new Set([...mine.keys(), ...theirs.keys()]);
  return Object.fromEntries(
    [...names].map((name) => {
      const first = mine.has(name) ? mine.get(name) : one['additionalProperties'];
      const second = theirs.has(name) ? theirs.get(name) : other['additionalProperties'];
      const schemas = [first, second].filter((schema) => schema !== undefined);
      return [name, schemas.length === 1 ? schemas[0] : { allOf: schemas }];
    }),
  );
}

function mergeTypes(one: unknown, other: unknown): unknown {
  const others = toList(other);
  const shared = toList(one).flatMap((type) => {
    if (others.includes(type)) return [type];
    if (type === 'integer' && others.includes('number')) return ['integer'];
    return type === 'number' && others.includes('integer') ? ['integer'] : [];
  });
  return nonEmpty([...new Set(shared)]);
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const nonEmpty = (list: unknown[]): unknown => (list.length === 0 ? disjoint : list);
