import { type JsonSchema, readMap, readNames, readNumber } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** An object with the properties that the schema requires and, where wanted, those it names. */
export function sampleObject(schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const required = findRequired(schema);
  const most = readNumber(schema, 'maxProperties') ?? Number.POSITIVE_INFINITY;
  const entries = new Map<string, unknown>();
  for (const name of [...required, ...(context.optional ? findOptional(schema, required) : [])]) {
    if (entries.size >= most && !required.has(name)) break;
    const value = sampleProperty(name, schema, variant, context);
    if (value !== impossible) entries.set(name, value);
    else if (required.has(name)) return impossible;
  }
  return fillUp(entries, schema, context) ? toObject(entries, schema) : impossible;
}

/** With the names that `dependentRequired` adds for those that are there. */
function findRequired(schema: JsonSchema): Set<string> {
  const dependent = readMap(schema, 'dependentRequired');
  const required = new Set(readNames(schema['required']));
  // A set that grows while it is walked also yields what was added.
  for (const name of required) for (const other of readNames(dependent.get(name))) required.add(other);
  return required;
}

/** A property that brings others with it is not given for its own sake. */
function findOptional(schema: JsonSchema, required: Set<string>): string[] {
  const dependent = readMap(schema, 'dependentRequired');
  return [...readMap(schema, 'properties').keys()].filter((name) => !required.has(name) && !dependent.has(name));
}

/** Each property tries to differ, so that one which can is enough to make the object differ. */
function sampleProperty(name: string, schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const propertySchema = schemaOf(name, schema);
  const value = context.sample(propertySchema, variant, context);
  return value === impossible && variant > 0 ? context.sample(propertySchema, 0, context) : value;
}

function schemaOf(name: string, schema: JsonSchema): unknown {
  const own = readMap(schema, 'properties');
  const patterns = [...readMap(schema, 'patternProperties')].filter(([pattern]) => matches(pattern, name));
  const schemas = patterns.map(([, patternSchema]) => patternSchema);
  if (own.has(name)) schemas.push(own.get(name));
  if (schemas.length > 0) return schemas.length === 1 ? schemas[0] : { allOf: schemas };
  return schema['additionalProperties'] ?? true;
}

/** Only plain prefixes and names: an expression of a client's is not run. */
function matches(pattern: string, name: string): boolean {
  const [, start, text = '', end] = /^(\^?)([\w -]*)(\$?)$/.exec(pattern) ?? [];
  if (start === undefined) return false;
  if (start === '^') return end === '$' ? name === text : name.startsWith(text);
  return end === '$' ? name.endsWith(text) : name.includes(text);
}

/** Adds properties that the schema does not name until there are enough. */
function fillUp(entries: Map<string, unknown>, schema: JsonSchema, context: SampleContext): boolean {
  const least = readNumber(schema, 'minProperties') ?? 0;
  const names = [...readMap(schema, 'properties').keys()];
  for (let index = 1; entries.size < least; index++) {
    const name = names.shift() ?? `property${index}`;
    if (entries.has(name)) continue;
    const value = sampleProperty(name, schema, 0, context);
    if (value !== impossible) entries.set(name, value);
    else if (names.length === 0) return false;
  }
  return true;
}

/** In the order the schema names them. `fromEntries` also makes a property called `__proto__` an ordinary one. */
function toObject(entries: Map<string, unknown>, schema: JsonSchema): Record<string, unknown> {
  const order = new Set([...readMap(schema, 'properties').keys(), ...entries.keys()]);
  return Object.fromEntries([...order].filter((name) => entries.has(name)).map((name) => [name, entries.get(name)]));
}
