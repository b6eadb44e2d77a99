import { type JsonSchema, readNumber } from './json-schema.ts';
import { impossible } from './sample-context.ts';

/** How many multiples are tried for a whole one, as with `multipleOf: 2.5`. */
const attempts = 1000;

/** A number within the schema's bounds; 1 where it fits, as zero is often a special case. */
export function sampleNumber(schema: JsonSchema, variant: number, integer: boolean): number | typeof impossible {
  const step = readNumber(schema, 'multipleOf') ?? (integer ? 1 : undefined);
  if (step === undefined) return sampleReal(schema, variant);
  const low = readNumber(schema, 'minimum') ?? Number.NEGATIVE_INFINITY;
  const high = readNumber(schema, 'maximum') ?? Number.POSITIVE_INFINITY;
  const start = firstMultiple(schema, step, low, high);
  let left = variant;
  for (let index = 0; index < attempts + variant; index++) {
    const value = (start.first + index * start.direction) * step;
    if (!fits(value, schema)) return impossible;
    if (integer && !Number.isInteger(value)) continue;
    if (left === 0) return value;
    left -= 1;
  }
  return impossible;
}

/** Counts up from 1 or the lower bound; down from the upper bound where that is all there is. */
function firstMultiple(schema: JsonSchema, step: number, minimum: number, maximum: number) {
  const low = Math.max(minimum, readNumber(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(maximum, readNumber(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY);
  if (low === Number.NEGATIVE_INFINITY) {
    const first = Math.min(1, Math.floor(high / step));
    const fitting = fits(first * step, schema) ? first : first - 1;
    return { first: fitting, direction: high === Number.POSITIVE_INFINITY ? 1 : -1 };
  }
  const first = Math.max(low < step && low >= 0 ? 1 : Math.ceil(low / step), Math.ceil(low / step));
  return { first: fits(first * step, schema) ? first : first + (first * step <= low ? 1 : -1), direction: 1 };
}

function sampleReal(schema: JsonSchema, variant: number): number | typeof impossible {
  const low = Math.max(...bounds(schema, ['minimum', 'exclusiveMinimum']), Number.NEGATIVE_INFINITY);
  const high = Math.min(...bounds(schema, ['maximum', 'exclusiveMaximum']), Number.POSITIVE_INFINITY);
  const candidates = [1 + variant, low + variant, low + 1 + variant, high - variant, high - 1 - variant];
  // Between two bounds that are close: the middle, then ever nearer to the upper one.
  candidates.push(high - (high - low) / 2 ** (variant + 1));
  return candidates.find((value) => Number.isFinite(value) && fits(value, schema)) ?? impossible;
}

const bounds = (schema: JsonSchema, keywords: string[]): number[] =>
  keywords.map((keyword) => readNumber(schema, keyword)).filter((bound) => bound !== undefined);

function fits(value: number, schema: JsonSchema): boolean {
  return (
    value >= (readNumber(schema, 'minimum') ?? Number.NEGATIVE_INFINITY) &&
    value <= (readNumber(schema, 'maximum') ?? Number.POSITIVE_INFINITY) &&
    value > (readNumber(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY) &&
    value < (readNumber(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY)
  );
}
