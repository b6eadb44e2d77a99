import type { BodyLimits } from '../../config/config.ts';
import { ApiError } from '../../errors/api-error.ts';

export type JsonSource = 'request body' | 'WebSocket message';

export type JsonBounds = Pick<BodyLimits, 'values' | 'levels'>;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** No byte of JSON's white space is above it, and nothing else in JSON is below. */
const space = 0x20;

/** Bytes of a string that are looked at one by one before the search for its end is left to `indexOf`, which costs a call. */
const shortString = 64;

/** Where the next byte stands. Numbers: they are compared for each byte. */
const between = 0;
const afterOpening = 1;
const inString = 2;
const afterBackslash = 3;

/**
 * Counts the values and levels of a JSON text while its bytes arrive, before anything is parsed: a few kilobytes can
 * decompress to millions of values. Exact for valid JSON up to the first byte that breaks it; JSON.parse refuses the rest.
 */
export class JsonScanner {
  readonly #bounds: JsonBounds;
  readonly #source: JsonSource;
  #state = between;
  #depth = 0;
  /** A list or object with n commas has n + 1 values, unless it is empty. */
  #values = 1;

  constructor(bounds: JsonBounds, source: JsonSource) {
    this.#bounds = bounds;
    this.#source = source;
  }

  /** Values so far, nested ones included; names of fields are not values. */
  get values(): number {
    return this.#values;
  }

  /** Reads the next bytes. Throws `request_too_large` for too many values, `invalid_value` for too many levels. */
  scan(bytes: Buffer): void {
    const { levels, values: maxValues } = this.#bounds;
    const { length } = bytes;
    let [state, depth, values] = [this.#state, this.#depth, this.#values];
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
      // Every index below the length has a byte.
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
    [this.#state, this.#depth, this.#values] = [state, depth, values];
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

/** Whether an odd number of backslashes stands before `end`, counted back to `start`, which no backslash escapes. */
function isEscaped(bytes: Buffer, start: number, end: number): boolean {
  let first = end;
  while (first > start && bytes[first - 1] === backslash) first -= 1;
  return (end - first) % 2 === 1;
}
