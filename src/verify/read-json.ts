import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../json/is-object.ts';
import { Failure } from './outcomes.ts';

/** The value at a path such as `output[0].content`; `undefined` where there is none. `[-1]` is the last of a list. */
export function at(value: unknown, path: string): unknown {
  let current = value;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(-?\d+)\]/g)) {
    if (name !== undefined && index === undefined) current = isObject(current) ? current[name] : undefined;
    else current = Array.isArray(current) ? current.at(Number(index)) : undefined;
  }
  return current;
}

export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : wrong(path, 'a string', found);
}

export function numberAt(value: unknown, path: string): number {
  const found = at(value, path);
  return typeof found === 'number' ? found : wrong(path, 'a number', found);
}

export function listAt(value: unknown, path: string): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : wrong(path, 'a list', found);
}

/** The entries of a list whose `type` is this one. */
export function ofType(list: readonly unknown[], type: string): unknown[] {
  return list.filter((entry) => at(entry, 'type') === type);
}

export function expectEqual(value: unknown, path: string, expected: unknown): void {
  const found = at(value, path);
  if (!isDeepStrictEqual(found, expected)) wrong(path, show(expected), found);
}

/** The same of one thing said twice: what is null in one place may be left out in the other. */
export function expectSame(value: unknown, path: string, expected: unknown): void {
  const found = at(value, path);
  if (!isDeepStrictEqual(withoutNulls(found), withoutNulls(expected))) wrong(path, show(expected), found);
}

const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify({ value }), (_name, field) => field ?? undefined);

export function expectThat(holds: boolean, message: string, path?: string): asserts holds {
  if (!holds) throw new Failure(message, path === undefined ? {} : { path });
}

/** A JSON text's value. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${what} is not JSON`, { excerpt: text });
  }
}

/** As JSON, cut to what fits a line. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function wrong(path: string, expected: string, found: unknown): never {
  throw new Failure(`${path} is ${show(found)}, not ${expected}`, { path });
}
