import type { BodyLimits } from '../../config/config.ts';
import { ApiError } from '../../errors/api-error.ts';

export type JsonSource = 'request body' | 'WebSocket message';

export type JsonBounds = Pick<BodyLimits, 'values' | 'levels'>;

const quote = 0x22;
const comma = 0x2c;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** All JSON whitespace is at or below it, everything else above. */
const space = 0x20;

/** Bytes of a string scanned one by one before `indexOf`, which costs a call, searches for its end. */
const shortString = 64;

/** The digits from which on an integer may be beyond 2^53. */
const longNumber = 16;

/** States of the scanner. Numbers, since they are compared for each byte. */
const between = 0;
const afterOpening = 1;
const inString = 2;
const afterBackslash = 3;

/**
 * Counts the values and levels of a JSON text while it is received, before it is parsed: a few kilobytes can decompress
 * to millions of values. Exact up to the first syntax error, which JSON.parse refuses later.
 */
export class JsonScanner {
  readonly #bounds: JsonBounds;
  readonly #source: JsonSource;
  #state = between;
  #depth = 0;
  /** A non-empty list or object with n commas has n + 1 values. */
  #values = 1;
  /** Digits of the current number, negative in a fraction. */
  #digits = 0;
  #hasLongNumber = false;

  constructor(bounds: JsonBounds, source: JsonSource) {
    this.#bounds = bounds;
    this.#source = source;
  }

  /** The number of values so far, nested ones included. Property names do not count. */
  get values(): number {
    return this.#values;
  }

  /** Whether there is an integer of 16 digits or more, which a double may not hold. */
  get hasLongNumber(): boolean {
    return this.#hasLongNumber;
  }

  /** Scans the next bytes. Throws `request_too_large` for too many values, `invalid_value` for too many levels. */
  scan(bytes: Buffer): void {
    const { levels, values: maxValues } = this.#bounds;
    const { length } = bytes;
    let [state, depth, values] = [this.#state, this.#depth, this.#values];
    let digits = this.#digits;
    let index = 0;
    while (index < length) {
      if (state === inString) {
        const near = Math.min(index + shortString, length);
        while (index < near && bytes[index] !== quote && bytes[index] !== backslash) index += 1;
        if (index === length) break;
        if (index === near) {
          const end = bytes.indexOf(quote, index);
          const last = end === -1 ? length : end;
          if (isEscaped(bytes, index, last)) state = end === -1 ? afterBackslash : inString;
          else if (end !== -1) state = between;
          index = last + 1;
          continue;
        }
        state = bytes[index] === quote ? between : afterBackslash;
        index += 1;
        continue;
      }
      // Defined, since `index < length`.
      const byte = bytes[index] as number;
      index += 1;
      if (state === afterBackslash) {
        state = inString;
        continue;
      }
      if (byte <= space) continue;
      if (state === afterOpening) {
        state = between;
        if (byte !== closeBracket && byte !== closeBrace) values += 1;
      }
      if (byte >= zero && byte <= nine) {
        digits += 1;
        if (digits === longNumber) this.#hasLongNumber = true;
        continue;
      }
      digits = byte === point ? Number.NEGATIVE_INFINITY : 0;
      if (byte === quote) {
        state = inString;
      } else if (byte === comma) {
        values += 1;
        if (values > maxValues) throw this.#tooManyValues();
      } else if (byte === openBracket || byte === openBrace) {
        depth += 1;
        if (depth > levels) throw this.#tooDeep();
        state = afterOpening;
      } else if (byte === closeBracket || byte === closeBrace) {
        depth -= 1;
      }
    }
    if (values > maxValues) throw this.#tooManyValues();
    [this.#state, this.#depth, this.#values, this.#digits] = [state, depth, values, digits];
  }

  #tooManyValues(): ApiError {
    const message = `The ${this.#source} has more than ${this.#bounds.values} JSON values.`;
    return new ApiError('request_too_large', message);
  }

  #tooDeep(): ApiError {
    const message = `The ${this.#source} is nested more than ${this.#bounds.levels} levels deep.`;
    return new ApiError('invalid_value', message);
  }
}

/** Whether an odd number of backslashes precedes `end`. The byte at `start` is not escaped. */
function isEscaped(bytes: Buffer, start: number, end: number): boolean {
  let first = end;
  while (first > start && bytes[first - 1] === backslash) first -= 1;
  return (end - first) % 2 === 1;
}
