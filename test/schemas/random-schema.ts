import type { Random } from '../helpers/random.ts';

type Schema = Record<string, unknown>;
type Make = (random: Random, levels: number) => unknown;

const names = ['a', 'b', 'c', 'constructor', '__proto__', 'toString', '', 'x/y', 'm~n', 'ü %20'];
const types = ['string', 'number', 'integer', 'object', 'array', 'boolean', 'null'];

/** Ordinary expressions, nested quantifiers, multiplying counts, unsupported ones and invalid ones. */
const patterns = [
  '^[a-z]+$',
  '^\\d{3}-\\d{4}$',
  '^(a+)+$',
  '(a|a)*b',
  '(.*a){20}',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  'a{1000}{1000}',
  '(x{500}){500}',
  '(?=a)b',
  '(?<!a)b',
  '(a)\\1',
  '\\p{L}+',
  '[\\s\\S]*',
  '[^]',
  '^[\\w-.]+$',
  '(',
  '*',
];

const references = [
  '#',
  '#/$defs/a',
  '#/$defs/b',
  '#/$defs/a/../b',
  '#/$defs/x~1y',
  '#/$defs/%C3%BC%20%2520',
  '#/properties/a',
  '#/allOf/0',
  '#/__proto__',
  '#/constructor/prototype',
  '#anchor',
  '#nowhere',
  'other.json',
  'https://example.org/schema.json',
  'file:///etc/passwd',
  '%',
];

const numbers = [0, 1, 2, -1, 0.1, 1e-300, 1e308, 4_294_967_296, 1000];

/** Values of a wrong type for their keyword. */
const strange = [null, true, false, 0, -1, 1e308, '', 'x', [], {}, [[]], [null], { a: null }, { $ref: '#' }];

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random(list.length)];
  if (item === undefined) throw new RangeError('The list is empty.');
  return item;
}

const times = <T>(random: Random, most: number, make: () => T): T[] => Array.from({ length: random(most + 1) }, make);

const one =
  (list: readonly unknown[]): Make =>
  (random) =>
    list[random(list.length)];
const number = one(numbers);
const text = one(patterns);
const flag = one([true, false]);
const value: Make = (random, levels) => randomValue(random, levels);
const nameList: Make = (random) => times(random, 4, () => pick(random, names));
const listOf =
  (make: Make): Make =>
  (random, levels) =>
    times(random, 3, () => make(random, levels));
/** `fromEntries` creates `__proto__` as an ordinary property. */
const mapOf =
  (keys: readonly string[], make: Make): Make =>
  (random, levels) =>
    Object.fromEntries(times(random, 3, () => [pick(random, keys), make(random, levels)]));

/** All keywords of draft 2020-12, of Ajv, and of older drafts. */
const keywords: Record<string, Make> = {
  $async: one([true, false, 'true']),
  $id: one(['https://example.org/a', 'a.json', 'urn:a', '#a', '']),
  $schema: one(['https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/draft-07/schema#', 'x:y']),
  $vocabulary: one([{ 'https://example.org/vocabulary': true }]),
  $anchor: one(['anchor', 'a', '#']),
  $dynamicAnchor: one(['anchor', 'node']),
  $dynamicRef: one(['#node', '#anchor', '#', '#/$defs/a']),
  $recursiveRef: one(['#']),
  $recursiveAnchor: flag,
  $ref: one(references),
  $comment: text,
  $data: one(['1/a']),
  $defs: mapOf(names, schema),
  definitions: mapOf(names, schema),
  allOf: listOf(schema),
  anyOf: listOf(schema),
  oneOf: listOf(schema),
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword.
  then: schema,
  else: schema,
  dependentSchemas: mapOf(names, schema),
  dependencies: mapOf(names, schema),
  properties: mapOf(names, schema),
  patternProperties: mapOf(patterns, schema),
  additionalProperties: schema,
  unevaluatedProperties: schema,
  propertyNames: schema,
  prefixItems: listOf(schema),
  items: schema,
  additionalItems: schema,
  unevaluatedItems: schema,
  contains: schema,
  type: (random) => (random(3) === 0 ? times(random, 3, () => pick(random, types)) : pick(random, types)),
  enum: listOf(value),
  const: value,
  multipleOf: number,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: number,
  maxLength: number,
  pattern: text,
  minItems: number,
  maxItems: number,
  uniqueItems: flag,
  minContains: number,
  maxContains: number,
  minProperties: number,
  maxProperties: number,
  required: nameList,
  dependentRequired: mapOf(names, nameList),
  format: one(['date-time', 'email', 'regex', 'nonsense']),
  contentEncoding: one(['base64']),
  contentMediaType: one(['application/json']),
  contentSchema: schema,
  nullable: flag,
  discriminator: one([{ propertyName: 'a' }]),
  id: one(['x']),
  title: text,
  description: text,
  default: value,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  examples: listOf(value),
  'x-of-mine': value,
};
const keywordNames = Object.keys(keywords);

/** Bounds of a schema, low enough for most schemas to have few keywords. */
const maxKeywords = 5;
const maxLevels = 6;

function schema(random: Random, levels: number): unknown {
  if (levels <= 0 || random(12) === 0) return random(2) === 0;
  return schemaObject(random, levels - 1);
}

function schemaObject(random: Random, levels: number): Schema {
  return Object.fromEntries(
    times(random, maxKeywords, () => {
      const name = pick(random, keywordNames);
      return [name, random(40) === 0 ? pick(random, strange) : keywords[name]?.(random, levels)];
    }),
  );
}

/** Returns a JSON Schema of random keywords, possibly invalid. The same numbers of `random` yield the same schema. */
export function randomSchema(random: Random): Record<string, unknown> {
  const root = schemaObject(random, 1 + random(maxLevels));
  return random(2) === 0 ? root : { $defs: { a: schema(random, 2), b: schema(random, 2) }, ...root };
}

/** Returns a JSON value, occasionally a large or deep one. */
export function randomValue(random: Random, levels = 3): unknown {
  switch (random(levels > 0 ? 10 : 7)) {
    case 0:
      return null;
    case 1:
      return random(2) === 0;
    case 2:
      return pick(random, numbers);
    case 3:
      return 'a'.repeat(random(50));
    case 4:
      return `${'a'.repeat(random(50))}!`;
    case 5:
      return pick(random, names);
    case 6:
      return random(20) === 0 ? 'a'.repeat(10_000) : 'ü';
    case 7:
      return times(random, 4, () => randomValue(random, levels - 1));
    default:
      return Object.fromEntries(times(random, 4, () => [pick(random, names), randomValue(random, levels - 1)]));
  }
}
