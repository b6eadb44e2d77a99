import type { Schema } from './schema.ts';
import { toParam, type ValuePath, type Violation } from './violation.ts';

/** The most characters of a client's value that a message shows. */
const shownCharacters = 80;

/** Checks the type, literals and bounds of a value, without its children. Returns the first violation. */
export function checkScalar(schema: Schema, value: unknown, path: ValuePath): Violation | undefined {
  return checkType(schema, value, path) ?? checkLiterals(schema, value, path) ?? checkBounds(schema, value, path);
}

function checkType(schema: Schema, value: unknown, path: ValuePath): Violation | undefined {
  if (schema.type === undefined) return undefined;
  const types = [schema.type].flat();
  if (types.some((type) => isOfType(type, value))) return undefined;
  const expected = types.map((type) => names[type] ?? type);
  const list = expected.length > 1 ? `one of ${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}` : expected[0];
  const got = isOverflow(value) ? 'a number that is too large' : (names[typeOf(value)] ?? typeOf(value));
  const where = path.length > 0 ? ` for '${toParam(path)}'` : '';
  return { path, code: 'invalid_type', message: `Invalid type${where}: expected ${list}, but got ${got} instead.` };
}

const names: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

/** Whether a number overflowed: JSON.parse turns `1e400` into infinity. */
const isOverflow = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);

function isOfType(type: string, value: unknown): boolean {
  if (isOverflow(value)) return false;
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function checkLiterals(schema: Schema, value: unknown, path: ValuePath): Violation | undefined {
  const literals = schema.const === undefined ? schema.enum : [schema.const];
  if (!literals || literals.includes(value)) return undefined;
  const list = literals.map((literal) => (typeof literal === 'string' ? `'${literal}'` : `${literal}`)).join(', ');
  return {
    path,
    code: 'invalid_value',
    message: `Invalid value: ${show(value)}. Supported values are: ${list}.`,
  };
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function checkBounds(schema: Schema, value: unknown, path: ValuePath): Violation | undefined {
  const complaint = describeBounds(schema, value);
  if (!complaint) return undefined;
  const where = path.length > 0 ? `'${toParam(path)}'` : 'request body';
  return { path, code: 'invalid_value', message: `Invalid ${where}: ${complaint}.` };
}

function describeBounds(schema: Schema, value: unknown): string | undefined {
  if (typeof value === 'number') return describeRange(schema, value);
  if (typeof value === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
      return `it does not match the pattern ${schema.pattern}`;
    }
    if (schema.minLength === undefined && schema.maxLength === undefined) return undefined;
    return describeSize(countCharacters(value), 'characters', [schema.minLength, schema.maxLength]);
  }
  if (Array.isArray(value)) return describeSize(value.length, 'elements', [schema.minItems, schema.maxItems]);
  if (typeof value === 'object' && value !== null) {
    return describeSize(Object.keys(value).length, 'properties', [schema.minProperties, schema.maxProperties]);
  }
  return undefined;
}

/** Counts code points. */
function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    // A surrogate pair counts once.
    if ((text.codePointAt(index) ?? 0) > 0xffff) {
      count -= 1;
      index += 1;
    }
  }
  return count;
}

function describeRange({ minimum, maximum }: Schema, value: number): string | undefined {
  if (minimum !== undefined && value < minimum) return `expected a value >= ${minimum}, but got ${value} instead`;
  if (maximum !== undefined && value > maximum) return `expected a value <= ${maximum}, but got ${value} instead`;
  return undefined;
}

type Bounds = [min: number | undefined, max: number | undefined];

function describeSize(size: number, unit: string, [min, max]: Bounds): string | undefined {
  if (min !== undefined && size < min) return `expected at least ${min} ${unit}, but got ${size} instead`;
  if (max !== undefined && size > max) return `expected at most ${max} ${unit}, but got ${size} instead`;
  return undefined;
}
