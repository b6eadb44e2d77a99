import type { JsonSchema } from './json-schema.ts';
import { NumberSequence, readBounds } from './number-sequence.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** Samples a number within the bounds, preferably 1, because zero is often a special case. */
export function sampleNumber(
  schema: JsonSchema,
  variant: number,
  { memory: { numbers }, spend, integer }: SampleContext & { integer: boolean },
): number | typeof impossible {
  const bounds = readBounds(schema, integer);
  const key = Object.values(bounds).join();
  const sequence = numbers.get(key) ?? new NumberSequence(bounds);
  numbers.set(key, sequence);
  return sequence.at(variant, spend) ?? impossible;
}
