import { isObject } from '../json/is-object.ts';

/** Returns the same text for JSON values that are equal, and only for those. `spend` gets the number of values within. */
export function toCanonicalText(value: unknown, spend: (steps: number) => void): string {
  if (Array.isArray(value)) {
    spend(value.length);
    return `[${value.map((item) => toCanonicalText(item, spend)).join(',')}]`;
  }
  if (!isObject(value)) {
    // A large string costs its length.
    if (typeof value === 'string') spend(value.length / 100);
    // JSON has one zero, and no other text of a number that is too large for a float.
    return typeof value === 'number' ? `${value}` : JSON.stringify(value);
  }
  const names = Object.keys(value).sort();
  spend(names.length);
  return `{${names.map((name) => `${JSON.stringify(name)}:${toCanonicalText(value[name], spend)}`).join(',')}}`;
}
