import { isObject } from '../is-object.ts';
import { toCanonicalText } from './canonical-text.ts';
import type { Check, Run } from './scope.ts';

/** How many characters of a text cost as much as one step. */
const charactersPerStep = 100;

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
    (step, value, { run }) => Number.isInteger(value / Number(step)) || run.fault(`must be multiple of ${step}`),
  ],
]);

export const stringChecks: ReadonlyMap<string, Check<string>> = new Map<string, Check<string>>([
  [
    'minLength',
    (least, value, { run }) =>
      countCharacters(value, run) >= Number(least) || run.fault(`must NOT have fewer than ${least} characters`),
  ],
  [
    'maxLength',
    (most, value, { run }) =>
      countCharacters(value, run) <= Number(most) || run.fault(`must NOT have more than ${most} characters`),
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
  run.spend(0.1);
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const spend = (steps: number) => run.spend(steps);
  return toCanonicalText(one, spend) === toCanonicalText(other, spend);
}

/** Code points, as JSON Schema counts them. */
function countCharacters(text: string, run: Run): number {
  run.spend(text.length / charactersPerStep);
  let pairs = 0;
  for (let index = 0; index < text.length; index++) if ((text.codePointAt(index) ?? 0) > 0xffff) pairs += 1;
  return text.length - pairs;
}
