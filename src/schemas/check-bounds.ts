import { SchemaError } from './schema-error.ts';

export interface SchemaBounds {
  /** Size of the JSON text, without escapes. */
  bytes: number;
  levels: number;
  /** Number of JSON values of any type, including nested ones. */
  values: number;
}

interface Nested {
  value: unknown;
  level: number;
}

/**
 * Throws a SchemaError when a JSON value exceeds the bounds. The walk stops at the first excess and does not recurse,
 * so its own cost is bounded too.
 */
export function checkBounds(root: unknown, bounds: SchemaBounds): void {
  const rest: Nested[] = [{ value: root, level: 1 }];
  let [bytes, values] = [0, 0];
  for (let nested = rest.pop(); nested !== undefined; nested = rest.pop()) {
    const { value, level } = nested;
    if (level > bounds.levels) throw new SchemaError(`it has more than ${bounds.levels} levels`);
    values += 1;
    if (typeof value !== 'object' || value === null) bytes += scalarBytes(value);
    else {
      const names = Array.isArray(value) ? [] : Object.keys(value);
      const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      if (values + rest.length + children.length > bounds.values) {
        throw new SchemaError(`it has more than ${bounds.values} values`);
      }
      bytes += 2 + children.length + names.reduce((sum, name) => sum + Buffer.byteLength(name) + 3, 0);
      for (const child of children) rest.push({ value: child, level: level + 1 });
    }
    if (bytes > bounds.bytes) throw new SchemaError(`it is larger than ${bounds.bytes} bytes`);
  }
}

function scalarBytes(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) + 2 : `${value}`.length;
}
