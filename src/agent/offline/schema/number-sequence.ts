import { type JsonSchema, readNumber } from './json-schema.ts';

/** Number of steps from a bound within which a fitting number is searched. */
const attempts = 1000;
/** Number of tested numbers that cost as much as one value. */
const numbersPerValue = 100;

interface Bounds {
  minimum: number;
  exclusiveMinimum: number;
  maximum: number;
  exclusiveMaximum: number;
  step: number | undefined;
  integer: boolean;
}

/** Lists the distinct numbers that fit a schema, in a fixed order. Numbers found are cached. */
export class NumberSequence {
  readonly #bounds: Bounds;
  readonly #proposals: Iterator<number>;
  readonly #found: number[] = [];
  readonly #seen = new Set<number>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#proposals = propose(bounds);
  }

  /** Returns the number at an index, or `undefined` when there are fewer. */
  at(index: number, spend: (values: number) => void): number | undefined {
    while (this.#found.length <= index) {
      const { value, done } = this.#proposals.next();
      if (done) return undefined;
      spend(1 / numbersPerValue);
      if (this.#seen.has(value) || !fits(value, this.#bounds)) continue;
      this.#seen.add(value);
      this.#found.push(value);
    }
    return this.#found[index];
  }
}

export function readBounds(schema: JsonSchema, integer: boolean): Bounds {
  return {
    minimum: readNumber(schema, 'minimum') ?? Number.NEGATIVE_INFINITY,
    exclusiveMinimum: readNumber(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY,
    maximum: readNumber(schema, 'maximum') ?? Number.POSITIVE_INFINITY,
    exclusiveMaximum: readNumber(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY,
    step: readNumber(schema, 'multipleOf'),
    integer,
  };
}

/** Proposes numbers from each bound inwards, and fractions of the way between two bounds. */
function* propose(bounds: Bounds): Generator<number> {
  const low = Math.max(bounds.minimum, bounds.exclusiveMinimum);
  const high = Math.min(bounds.maximum, bounds.exclusiveMaximum);
  const step = bounds.step ?? (bounds.integer ? 1 : undefined);
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

/** Whether a number is within the bounds. Fractions that are not exact multiples of the step are rejected. */
function fits(value: number, { minimum, exclusiveMinimum, maximum, exclusiveMaximum, step, integer }: Bounds): boolean {
  if (integer && !Number.isInteger(value)) return false;
  if (step !== undefined && !Number.isInteger(value / step)) return false;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}
