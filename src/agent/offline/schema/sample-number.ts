import { type JsonSchema, readNumber } from './json-schema.ts';
import { impossible } from './sample-context.ts';

/** How far from a bound a fitting number is looked for. */
const attempts = 1000;

interface Range {
  low: number;
  high: number;
}

/** A number within the schema's bounds: 1 where it fits, as zero is often a special case. */
export function sampleNumber(schema: JsonSchema, variant: number, integer: boolean): number | typeof impossible {
  const range = readRange(schema);
  const step = readNumber(schema, 'multipleOf') ?? (integer ? 1 : undefined);
  const found = new Set<number>();
  for (const value of propose(range, step)) {
    if (fits(value, schema) && (!integer || Number.isInteger(value))) found.add(value);
    if (found.size > variant) return value;
  }
  return impossible;
}

function readRange(schema: JsonSchema): Range {
  const bounds = (...keywords: string[]): number[] =>
    keywords.map((keyword) => readNumber(schema, keyword)).filter((bound) => bound !== undefined);
  return {
    low: Math.max(...bounds('minimum', 'exclusiveMinimum')),
    high: Math.min(...bounds('maximum', 'exclusiveMaximum')),
  };
}

/** From each bound inwards; between two bounds also parts of the way, where fractions are allowed. */
function* propose({ low, high }: Range, step: number | undefined): Generator<number> {
  const size = step ?? 1;
  const first = step === undefined ? low : Math.ceil(low / size) * size;
  const last = step === undefined ? high : Math.floor(high / size) * size;
  yield size;
  for (let index = 0; index < attempts; index++) {
    if (Number.isFinite(low)) yield first + index * size;
    if (Number.isFinite(high)) yield last - index * size;
    if (Number.isFinite(high - low)) yield low + (high - low) / (index + 2);
    else yield (index + 1) * size;
  }
}

/** By the same division that validators use, so that a fraction which can't be divided exactly is left out. */
function fits(value: number, schema: JsonSchema): boolean {
  const step = readNumber(schema, 'multipleOf');
  return (
    value >= (readNumber(schema, 'minimum') ?? Number.NEGATIVE_INFINITY) &&
    value <= (readNumber(schema, 'maximum') ?? Number.POSITIVE_INFINITY) &&
    value > (readNumber(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY) &&
    value < (readNumber(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY) &&
    (step === undefined || Number.isInteger(value / step))
  );
}
