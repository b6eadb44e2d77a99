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
 * A value that a JSON Schema (draft 2020-12) allows, always the same one. Optional properties are given where that
 * keeps the value small; a schema that refers to itself is followed once. Not looked at: `not`, `if`, `dependentSchemas`,
 * `propertyNames`, `$dynamicRef`, and references to other documents.
 * Throws `invalid_value` when it finds no value, or only an enormous one.
 */
export function sampleSchema(schema: JsonSchema, budget = createSampleBudget()): unknown {
  const memory: SampleMemory = { numbers: new Map(), members: new Map() };
  const value =
    sampleWithin(schema, { memory, budget, optional: true }) ??
    sampleWithin(schema, { memory, budget, optional: false });
  if (value !== undefined) return value.sample;
  throw new ApiError('invalid_value', 'The offline agent finds no value that this JSON Schema allows.');
}

/** The remaining budget for the samples of one reply, in values. */
export interface SampleBudget {
  values: number;
}

/** Enough for one schema that is sampled twice: with optional properties, and without. */
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

/** `variant` asks for another value than lower variants give, where the schema has one. */
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

/** Entries of a list that are looked at, and characters that are copied, at the cost of one value. */
const entriesPerValue = 20;
const charactersPerValue = 100;

/** A large constant costs as much as many values. */
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

/** Keywords that only speak of one type show which is meant where `type` is absent. */
const typeKeywords: [type: string, keywords: string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'minProperties', 'patternProperties']],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'uniqueItems']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The types to try, in order. `null` is the last resort. */
function readTypes(schema: JsonSchema): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type))
    return [...type.filter((name) => name !== 'null'), ...type.filter((name) => name === 'null')];
  const meant = typeKeywords.filter(([, keywords]) => keywords.some((keyword) => Object.hasOwn(schema, keyword)));
  return [...new Set([...meant.map(([name]) => name), ...allTypes])];
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
