import { isObject } from '../json/is-object.ts';
import { checkScalar } from './check-scalar.ts';
import { closestName } from './closest-name.ts';
import { isMisspelt } from './misspelt-keyword.ts';
import type { Schema } from './schema.ts';
import { allSteps, type Suspects } from './suspects.ts';
import { shorten, toParam, type ValuePath, type Violation } from './violation.ts';

export type Resolve = (ref: string) => Schema;

/** Fields that identify the members of the contract's unions. */
const tags = ['type', 'role'] as const;

/**
 * Finds the most useful violation; `undefined` for a valid value. A validator lists an error for every branch of every
 * union. This walks only the branch that the value's tag names. In a long list or large object it checks only
 * `suspects`.
 */
export function explainViolation(
  schema: Schema,
  value: unknown,
  resolve: Resolve,
  suspects: Suspects = allSteps,
): Violation | undefined {
  return explain(schema, value, []);

  function explain(schema: Schema, value: unknown, path: ValuePath): Violation | undefined {
    if (schema.$ref !== undefined) return explain(resolve(schema.$ref), value, path);
    for (const part of schema.allOf ?? []) {
      const violation = explain(part, value, path);
      if (violation) return violation;
    }
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches) return explainUnion(branches.flatMap(flatten), value, path);
    const violation = checkScalar(schema, value, path);
    if (violation) return violation;
    if (Array.isArray(value)) return explainList(schema, value, path);
    if (isObject(value)) return explainObject(schema, value, path);
    return undefined;
  }

  function explainChild(schema: Schema | boolean | undefined, value: unknown, path: ValuePath) {
    return typeof schema === 'object' ? explain(schema, value, path) : undefined;
  }

  function explainList(schema: Schema, list: unknown[], path: ValuePath): Violation | undefined {
    return first(suspects(path, list.keys(), list.length), (index) =>
      explainChild(schema.items, list[index], [...path, index]),
    );
  }

  function explainObject(schema: Schema, value: Record<string, unknown>, path: ValuePath) {
    for (const name of schema.required ?? []) {
      if (value[name] === undefined) return missing([...path, name]);
    }
    const names = Object.keys(value);
    return first(schema.propertyNames ? names : suspects(path, names, names.length), (name) => {
      if (schema.propertyNames && explain(schema.propertyNames, name, path)) {
        return { path: [...path, name], code: 'invalid_value', message: `Invalid name: '${shorten(name)}'.` };
      }
      const child = schema.properties?.[name] ?? schema.additionalProperties;
      if (child === false) return unknownName([...path, name], Object.keys(schema.properties ?? {}));
      return explainChild(child, value[name], [...path, name]);
    });
  }

  function explainUnion(branches: Schema[], value: unknown, path: ValuePath): Violation | undefined {
    const fitting = branches.filter((branch) => !isWrongType(branch, value, path));
    if (fitting.length === 0) return wrongType(branches, value, path);
    const meant = fitting.filter((branch) => !branch.not || explain(branch.not, value, path));
    const { left, doubt } = isObject(value) ? narrow(meant, value, path) : { left: meant };
    let deepest: Violation | undefined;
    for (const branch of left) {
      const found = explain(branch, value, path);
      if (!found) return undefined;
      if (!deepest || found.path.length > deepest.path.length) deepest = found;
    }
    return doubt && isMissing(deepest, path) ? doubt : deepest;
  }

  /** Returns the branches that match the value's tags, and the violation of a tag that matches none. */
  function narrow(branches: Schema[], value: Record<string, unknown>, path: ValuePath): Narrowed {
    let left = branches;
    let doubt: Violation | undefined;
    for (const tag of tags) {
      const literals = left
        .flatMap((branch) => literalsOf(branch.properties?.[tag]) ?? [])
        .filter((literal) => literal !== null);
      if (literals.length === 0) continue;
      const named = value[tag];
      const matching = left.filter((branch) => {
        const schema = branch.properties?.[tag];
        return literalsOf(schema)?.includes(named) ?? isOther(schema, named);
      });
      const indifferent = left.filter((branch) =>
        named === undefined ? !branch.required?.includes(tag) : branch.properties?.[tag] === undefined,
      );
      const wrong = named === undefined ? missing([...path, tag]) : notAmong(named, literals, [...path, tag]);
      doubt = matching.length > 0 ? undefined : wrong;
      left = [...matching, ...indifferent];
    }
    return { left, doubt };
  }

  function literalsOf(schema: Schema | undefined): unknown[] | undefined {
    if (schema?.$ref !== undefined) return literalsOf(resolve(schema.$ref));
    if (schema?.const !== undefined) return [schema.const];
    if (schema?.enum) return schema.enum;
    if (schema?.type === 'null') return [null];
    const branches = schema?.anyOf ?? schema?.oneOf;
    return branches?.flatMap((branch) => literalsOf(branch) ?? []);
  }

  /** Whether a tag is for all values that no other member has, and this is one. */
  function isOther(schema: Schema | undefined, named: unknown): boolean {
    if (schema?.$ref !== undefined) return isOther(resolve(schema.$ref), named);
    const taken = schema?.not?.enum;
    if (typeof named !== 'string' || !taken || taken.includes(named)) return false;
    return !schema?.['x-refuse-misspelt'] || !isMisspelt(named, taken);
  }

  function flatten(schema: Schema): Schema[] {
    if (schema.$ref !== undefined) return flatten(resolve(schema.$ref));
    return (schema.anyOf ?? schema.oneOf)?.flatMap(flatten) ?? [schema];
  }
}

function isWrongType(schema: Schema, value: unknown, path: ValuePath): boolean {
  return checkScalar({ ...(schema.type === undefined ? {} : { type: schema.type }) }, value, path) !== undefined;
}

function wrongType(branches: Schema[], value: unknown, path: ValuePath): Violation | undefined {
  const types = [...new Set(branches.flatMap((branch) => branch.type ?? []))];
  return checkScalar({ type: types }, value, path);
}

interface Narrowed {
  left: Schema[];
  doubt?: Violation | undefined;
}

/** Whether no branch is left, or the value lacks a required property of the one that is. */
function isMissing(violation: Violation | undefined, path: ValuePath): boolean {
  return !violation || (violation.code === 'missing_required_parameter' && violation.path.length === path.length + 1);
}

function missing(path: ValuePath): Violation {
  return { path, code: 'missing_required_parameter', message: `Missing required parameter: '${toParam(path)}'.` };
}

function unknownName(path: ValuePath, names: readonly string[]): Violation {
  const meant = closestName(`${path.at(-1)}`, names);
  const hint = meant === undefined ? `Expected one of: ${names.join(', ')}.` : `Did you mean '${meant}'?`;
  return { path, code: 'unsupported_parameter', message: `Unknown parameter: '${toParam(path)}'. ${hint}` };
}

function notAmong(value: unknown, literals: unknown[], path: ValuePath): Violation {
  return checkScalar({ enum: [...new Set(literals)] }, value, path) ?? missing(path);
}

function first<T>(list: Iterable<T>, find: (item: T) => Violation | undefined): Violation | undefined {
  for (const item of list) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
