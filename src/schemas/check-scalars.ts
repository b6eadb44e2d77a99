import { isObject } from '../json/is-object.ts';
import { toCanonicalText } from './canonical-text.ts';
import { isMultiple } from './is-multiple.ts';
import type { Check, Run } from './scope.ts';

/** Number of characters counted that cost one step. */
const charactersPerStep = 20;

/** Keywords that apply to values of any type. */
export const anyChecks: ReadonlyMap<string, Check<unknown>> = new Map<string, Check<unknown>>([
  [
    'type',
    (type, value, { run }) =>
      toList(type).some((name) => isOfType(value, name)) || run.fault(`must be ${toList(type).join(',')}`),
  ],
  ['const', (wanted, value, { run }) => isEqual(wanted, value, run) || run.fault('must be equal to constant')],
  [
    'enum',
    (list, value, { run }) =>
      toList(list).some((wanted) => isEqual(wanted, value, run)) ||
      run.fault('must be equal to one of the allowed values'),
  ],
]);

export const numberChecks: ReadonlyMap<string, Check<number>> = new Map<string, Check<number>>([
  ['minimum', (bound, value, { run }) => value >= Number(bound) || run.fault(`must be >= ${bound}`)],
  ['maximum', (bound, value, { run }) => value <= Number(bound) || run.fault(`must be <= ${bound}`)],
  ['exclusiveMinimum', (bound, value, { run }) => value > Number(bound) || run.fault(`must be > ${bound}`)],
  ['exclusiveMaximum', (bound, value, { run }) => value < Number(bound) || run.fault(`must be < ${bound}`)],
  [
    'multipleOf',
    (step, value, { run }) => {
      run.spend(1);
      return isMultiple(value, Number(step)) || run.fault(`must be multiple of ${step}`);
    },
  ],
]);

export const stringChecks: ReadonlyMap<string, Check<string>> = new Map<string, Check<string>>([
  [
    'minLength',
    (least, value, { run }) =>
      hasCharacters(value, Number(least), run) || run.fault(`must NOT have fewer than ${least} characters`),
  ],
  [
    'maxLength',
    (most, value, { run }) =>
      !hasCharacters(value, Number(most) + 1, run) || run.fault(`must NOT have more than ${most} characters`),
  ],
  [
    'pattern',
    (pattern, value, { run }) => run.matches(`${pattern}`, value) || run.fault(`must match pattern "${pattern}"`),
  ],
]);

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isEqual(one: unknown, other: unknown, run: Run): boolean {
  run.spend(0.2);
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const spend = (steps: number) => run.spend(steps);
  return toCanonicalText(one, spend) === toCanonicalText(other, spend);
}

/** Whether a text has at least that many code points, the unit that JSON Schema counts. */
function hasCharacters(text: string, least: number, run: Run): boolean {
  // A code point takes one or two UTF-16 units.
  if (text.length < least) return false;
  if (text.length / 2 >= least) return true;
  run.spend(text.length / charactersPerStep);
  return [...text].length >= least;
}
