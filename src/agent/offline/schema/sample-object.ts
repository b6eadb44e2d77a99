import { type JsonSchema, readMap, readNames, readNumber, sizeOf } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** Names, and characters of patterns, that are looked at, at the cost of one value. */
const namesPerValue = 20;
const charactersPerValue = 200;

/** What a schema says of the properties of an object. */
interface Shape {
  named: Map<string, unknown>;
  patterns: Map<string, unknown>;
  others: unknown;
  required: Set<string>;
  /** Named, not required, and bringing no other property with them. */
  optional: string[];
  least: number;
  most: number;
}

/** An object with the properties that the schema requires and, where wanted, those it names. */
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
  // A set that grows while it is walked also yields what was added.
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

/** Each property tries to differ, so that one which can is enough to make the object differ. */
function sampleProperty(schema: unknown, variant: number, context: SampleContext): unknown {
  const value = context.sample(schema, variant, context);
  return value === impossible && variant > 0 ? context.sample(schema, 0, context) : value;
}

function schemaOf(name: string, { named, patterns, others }: Shape, { spend }: SampleContext): unknown {
  // The name is compared with each of the patterns.
  for (const pattern of patterns.keys()) spend(0.1 + (pattern.length + name.length) / charactersPerValue);
  const schemas = [...patterns].filter(([pattern]) => matches(pattern, name)).map(([, schema]) => schema);
  if (named.has(name)) schemas.push(named.get(name));
  if (schemas.length === 0) return others;
  return schemas.length === 1 ? schemas[0] : { allOf: schemas };
}

/** Only plain prefixes and names: an expression of a client's is not run. */
function matches(pattern: string, name: string): boolean {
  const [, start, text = '', end] = /^(\^?)([\w -]*)(\$?)$/.exec(pattern) ?? [];
  if (start === undefined) return false;
  if (start === '^') return end === '$' ? name === text : name.startsWith(text);
  return end === '$' ? name.endsWith(text) : name.includes(text);
}

/** Adds what the schema names, then what it does not, until there are enough properties. */
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

/** In the order the schema names them. `fromEntries` also makes a property called `__proto__` an ordinary one. */
function toObject(entries: Map<string, unknown>, { named }: Shape): Record<string, unknown> {
  const order = new Set([...named.keys(), ...entries.keys()]);
  return Object.fromEntries([...order].filter((name) => entries.has(name)).map((name) => [name, entries.get(name)]));
}
