import { isObject } from './is-object.ts';

/** ECMAScript's access to the source text of JSON, which TypeScript's library does not declare yet. */
interface SourceJson {
  parse(text: string, reviver: (this: object, key: string, value: unknown, context: Source) => unknown): unknown;
  rawJSON(text: string): object;
}

interface Source {
  /** The text of a primitive value. */
  source?: string;
}

const json = JSON as unknown as SourceJson;

/** Digits of the longest number that is remembered. Prevents a body of digits from being held twice. */
const maxDigits = 64;

/** The digits of the numbers that a double cannot hold, by the object or list that contains them. */
const digits = new WeakMap<object, Map<string, string>>();
let isUsed = false;

/** Whether a text may have integers beyond 2^53, which have at least 16 digits. */
export const hasLongDigits = (text: string): boolean => /\d{16}/.test(text);

/** Parses JSON and remembers the digits of integers beyond 2^53, for `withExactNumbers`. Slower than `JSON.parse`. */
export function parseExact(text: string): unknown {
  return json.parse(text, function (key, value, { source = '' }) {
    if (typeof value === 'number' && isInexact(value, source)) remember(this, key, source);
    return value;
  });
}

const isInexact = (value: number, source: string): boolean =>
  !Number.isSafeInteger(value) && source.length <= maxDigits && /^-?\d+$/.test(source);

function remember(holder: object, key: string, source: string): void {
  isUsed = true;
  const known = digits.get(holder);
  if (known) known.set(key, source);
  else digits.set(holder, new Map([[key, source]]));
}

/**
 * Returns a copy of a value of `parseExact` that `JSON.stringify` writes with the digits as they were received. The
 * same value when it has no such numbers. In the copy these are opaque: read them from the original.
 */
export function withExactNumbers<Value>(value: Value): Value {
  // The walk costs nothing until a client has sent such a number.
  return isUsed && contains(value) ? (copy(value) as Value) : value;
}

/** Returns the number under `key` for `JSON.stringify`, with the digits as they were received. */
export function exactNumber(holder: object, key: string, value: number): number {
  const source = digits.get(holder)?.get(key);
  // Opaque to everything but JSON.stringify.
  return source === undefined ? value : (json.rawJSON(source) as unknown as number);
}

/** Adds to a number of `exactNumber`, as a signed 64-bit integer if it is opaque. */
export function addExact(value: number, addend: number): number {
  if (typeof value === 'number') return value + addend;
  const sum = BigInt.asIntN(64, BigInt(JSON.stringify(value)) + BigInt(addend));
  return json.rawJSON(`${sum}`) as unknown as number;
}

/** Lets a shallow copy of a value of `parseExact` keep its digits. Returns the copy. */
export function keepDigits<Copy extends object>(original: object, copy: Copy): Copy {
  const known = digits.get(original);
  if (known && copy !== original) digits.set(copy, known);
  return copy;
}

function contains(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return digits.has(value) || Object.values(value).some(contains);
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member, index) => copyMember(value, `${index}`, member));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyMember(value, key, member)]));
}

const copyMember = (holder: object, key: string, member: unknown): unknown =>
  typeof member === 'number' ? exactNumber(holder, key, member) : copy(member);
