import { ApiError } from '../../../errors/api-error.ts';
import { offlineLimits } from '../offline-limits.ts';
import { expandSchema } from './expand-schema.ts';
import { type JsonSchema, readList } from './json-schema.ts';
import { sampleArray } from './sample-array.ts';
import { impossible, type SampleContext, type SampleMemory } from './sample-context.ts';
import { sampleNumber } from './sample-number.ts';
import { sampleObject } from './sample-object.ts';
import { sampleString } from './sample-string.ts';

/**
 * Returns a value that a JSON Schema (draft 2020-12) allows, always the same one. Optional properties are included if
 * the value stays small; a recursive schema is followed once. Ignored: `not`, `if`, `dependentSchemas`,
 * `propertyNames`, `$dynamicRef` and references to other documents. Throws `invalid_value` when it finds no value
 * within the bounds.
 */
export function sampleSchema(schema: JsonSchema, budget = createSampleBudget()): unknown {
  const memory: SampleMemory = { numbers: new Map(), members: new Map() };
  const value =
    sampleWithin(schema, { memory, budget, optional: true }) ??
    sampleWithin(schema, { memory, budget, optional: false });
  if (value !== undefined) return value.sample;
  throw new ApiError('invalid_value', 'The offline agent found no value that this JSON Schema allows.');
}

/** The remaining budget for all samples of one reply, in values. */
export interface SampleBudget {
  values: number;
}

/** Creates a budget for sampling one schema twice: with optional properties, and without. */
export const createSampleBudget = (): SampleBudget => ({ values: 2 * offlineLimits.sampleValues });

class TooLarge extends Error {}

interface Attempt extends Pick<SampleContext, 'memory' | 'optional'> {
  budget: SampleBudget;
}

function sampleWithin(root: JsonSchema, { budget, ...attempt }: Attempt): { sample: unknown } | undefined {
  const least = Math.max(0, budget.values - offlineLimits.sampleValues);
  const spend = (values = 1): void => {
    budget.values -= values;
    if (budget.values < least) throw new TooLarge();
  };
  try {
    const position = { root, entered: new Set([root]), depth: 0 };
    const sample = sampleAny(root, 0, { ...position, ...attempt, spend, sample: sampleAny });
    return sample === impossible ? undefined : { sample };
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Samples any schema. Each `variant` yields another value, if the schema has enough. */
function sampleAny(schema: unknown, variant: number, context: SampleContext): unknown {
  const depth = context.depth + 1;
  for (const { schema: plain, entered } of expandSchema(schema, context.entered, context)) {
    const value = samplePlain(plain, variant, { ...context, entered, depth });
    if (value !== impossible) return value;
  }
  return impossible;
}

/** Samples a schema without references and combinations. */
function samplePlain(schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const types = readTypes(schema);
  const listed = Object.hasOwn(schema, 'const') ? [schema['const']] : readList(schema, 'enum');
  context.spend(((listed?.length ?? 0) * types.length) / entriesPerValue);
  const choices = listed?.filter((value) => types.some((type) => isOfType(value, type)));
  if (choices !== undefined) {
    return variant < choices.length ? copyOut(choices[variant], context) : impossible;
  }
  for (const type of types) {
    const value = Object.hasOwn(samplers, type) ? samplers[type]?.(schema, variant, context) : impossible;
    if (value !== impossible) return value;
  }
  return impossible;
}

/** Number of list entries read, and of characters copied, that cost as much as one value. */
const entriesPerValue = 20;
const charactersPerValue = 100;

/** Returns a constant. A large one costs as much as many values. */
function copyOut(choice: unknown, { spend }: SampleContext): unknown {
  spend(JSON.stringify(choice).length / charactersPerValue);
  return choice;
}

type Sampler = (schema: JsonSchema, variant: number, context: SampleContext) => unknown;

const samplers: Readonly<Record<string, Sampler>> = {
  object: sampleObject,
  array: sampleArray,
  string: sampleString,
  integer: (schema, variant, context) => sampleNumber(schema, variant, { ...context, integer: true }),
  number: (schema, variant, context) => sampleNumber(schema, variant, { ...context, integer: false }),
  boolean: (_schema, variant) => [true, false][variant] ?? impossible,
  null: (_schema, variant) => (variant === 0 ? null : impossible),
};

const allTypes = ['string', 'number', 'object', 'array', 'boolean', 'null'];

/** Keywords that concern a single type. They show the intended type when `type` is omitted. */
const typeKeywords: [type: string, keywords: string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'minProperties', 'patternProperties']],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'uniqueItems']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** Returns the types to try, in order, `null` last. */
function readTypes(schema: JsonSchema): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type))
    return [...type.filter((name) => name !== 'null'), ...type.filter((name) => name === 'null')];
  const implied = typeKeywords.filter(([, keywords]) => keywords.some((keyword) => Object.hasOwn(schema, keyword)));
  return [...new Set([...implied.map(([name]) => name), ...allTypes])];
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
