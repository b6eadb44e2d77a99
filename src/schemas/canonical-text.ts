import { isObject } from '../json/is-object.ts';

/** Returns a text that equal JSON values share, and only those. `spend` receives the cost: 1 for each value within. */
export function toCanonicalText(value: unknown, spend: (steps: number) => void): string {
  if (Array.isArray(value)) {
    spend(value.length);
    return `[${value.map((item) => toCanonicalText(item, spend)).join(',')}]`;
  }
  if (!isObject(value)) {
    // A large string costs its length.
    if (typeof value === 'string') spend(value.length / 100);
    // `-0` equals `0`, and JSON.stringify would turn a number too large for a float into `null`.
    return typeof value === 'number' ? `${value}` : JSON.stringify(value);
  }
  const names = Object.keys(value).sort();
  spend(names.length);
  return `{${names.map((name) => `${JSON.stringify(name)}:${toCanonicalText(value[name], spend)}`).join(',')}}`;
}
