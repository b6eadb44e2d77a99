import { isObject } from '../../json/is-object.ts';
import { toQuoted } from './to-quoted.ts';

/**
 * Returns the first difference between a value and the part of it that is expected; `undefined` for none. An object may
 * have further fields, an array no further elements.
 */
export function findDifference(actual: unknown, expected: unknown, path: string): string | undefined {
  if (Array.isArray(expected)) return findInArray(actual, expected, path);
  if (isObject(expected)) {
    if (!isObject(actual)) return differ(actual, expected, path);
    const found = Object.entries(expected).map(([name, value]) =>
      findDifference(actual[name], value, `${path}.${name}`),
    );
    return found.find((difference) => difference !== undefined);
  }
  return Object.is(actual, expected) ? undefined : differ(actual, expected, path);
}

function findInArray(actual: unknown, expected: readonly unknown[], path: string): string | undefined {
  if (!Array.isArray(actual)) return differ(actual, expected, path);
  if (actual.length !== expected.length) {
    return `${path} has ${actual.length} elements, expected ${expected.length}`;
  }
  const found = expected.map((value, index) => findDifference(actual[index], value, `${path}[${index}]`));
  return found.find((difference) => difference !== undefined);
}

const differ = (actual: unknown, expected: unknown, path: string): string =>
  `${path} is ${toQuoted(actual)}, expected ${toQuoted(expected)}`;
