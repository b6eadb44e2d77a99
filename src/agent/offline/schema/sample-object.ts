import { type JsonSchema, readMap, readNames, readNumber, sizeOf } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** Number of names, and of characters of patterns, that cost as much as one value. */
const namesPerValue = 20;
const charactersPerValue = 200;

/** The rules of a schema for the properties of an object. */
interface Shape {
  named: Map<string, unknown>;
  patterns: Map<string, unknown>;
  others: unknown;
  required: Set<string>;
  /** Names of properties that are neither required nor require others. */
  optional: string[];
  least: number;
  most: number;
}

/** Samples an object with the required properties and, if `optional` is set, the optional ones. */
export function sampleObject(schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const shape = readShape(schema, context);
  const { required } = shape;
  const entries = new Map<string, unknown>();
  for (const name of context.optional ? [...required, ...shape.optional] : required) {
    if (entries.size >= shape.most && !required.has(name)) break;
    const value = sampleProperty(schemaOf(name, shape, context), variant, context);
    if (value !== impossible) entries.set(name, value);
    else if (required.has(name)) return impossible;
  }
  return fillUp(entries, shape, context) ? toObject(entries, shape) : impossible;
}

function readShape(schema: JsonSchema, { spend }: SampleContext): Shape {
  const listed = ['properties', 'required', 'dependentRequired', 'patternProperties'];
  spend(listed.reduce((sum, keyword) => sum + sizeOf(schema[keyword]), 0) / namesPerValue);
  const named = readMap(schema, 'properties');
  const dependent = readMap(schema, 'dependentRequired');
  const required = new Set(readNames(schema['required']));
  // Iterating over a set also visits names added meanwhile.
  for (const name of required) {
    spend(sizeOf(dependent.get(name)) / namesPerValue);
    for (const other of readNames(dependent.get(name))) required.add(other);
  }
  return {
    named,
    patterns: readMap(schema, 'patternProperties'),
    others: schema['additionalProperties'] ?? true,
    required,
    optional: [...named.keys()].filter((name) => !required.has(name) && !dependent.has(name)),
    least: readNumber(schema, 'minProperties') ?? 0,
    most: readNumber(schema, 'maxProperties') ?? Number.POSITIVE_INFINITY,
  };
}

/** Samples a property. Each tries to differ between variants: one that can makes the object differ. */
function sampleProperty(schema: unknown, variant: number, context: SampleContext): unknown {
  const value = context.sample(schema, variant, context);
  return value === impossible && variant > 0 ? context.sample(schema, 0, context) : value;
}

function schemaOf(name: string, { named, patterns, others }: Shape, { spend }: SampleContext): unknown {
  // The name is compared with every pattern.
  for (const pattern of patterns.keys()) spend(0.1 + (pattern.length + name.length) / charactersPerValue);
  const schemas = [...patterns].filter(([pattern]) => matches(pattern, name)).map(([, schema]) => schema);
  if (named.has(name)) schemas.push(named.get(name));
  if (schemas.length === 0) return others;
  return schemas.length === 1 ? schemas[0] : { allOf: schemas };
}

/**
 * Whether a name matches a pattern. Supports only plain names, prefixes and suffixes: a client's expression is never
 * run.
 */
function matches(pattern: string, name: string): boolean {
  const [, start, text = '', end] = /^(\^?)([\w -]*)(\$?)$/.exec(pattern) ?? [];
  if (start === undefined) return false;
  if (start === '^') return end === '$' ? name === text : name.startsWith(text);
  return end === '$' ? name.endsWith(text) : name.includes(text);
}

/** Adds optional properties, then made-up ones, up to the required number. Returns whether that was possible. */
function fillUp(entries: Map<string, unknown>, shape: Shape, context: SampleContext): boolean {
  const names = [...shape.optional];
  for (let index = 1; entries.size < shape.least; index++) {
    const named = names.shift();
    const name = named ?? `property${index}`;
    const value = entries.has(name) ? impossible : sampleProperty(schemaOf(name, shape, context), 0, context);
    if (value !== impossible) entries.set(name, value);
    else if (named === undefined && shape.others === false) return false;
  }
  return true;
}

/** Orders properties as in the schema. `fromEntries` creates `__proto__` as an ordinary property. */
function toObject(entries: Map<string, unknown>, { named }: Shape): Record<string, unknown> {
  const order = new Set([...named.keys(), ...entries.keys()]);
  return Object.fromEntries([...order].filter((name) => entries.has(name)).map((name) => [name, entries.get(name)]));
}
