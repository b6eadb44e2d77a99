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

/** Returns the most useful violation; `undefined` for a valid value. See `listViolations`. */
export function explainViolation(
  schema: Schema,
  value: unknown,
  resolve: Resolve,
  suspects: Suspects = allSteps,
): Violation | undefined {
  return listViolations(schema, value, resolve, suspects).next().value ?? undefined;
}

/**
 * Yields the violations of a value, the most useful first. A validator lists an error for every branch of every union.
 * This walks only the branch that the value's tag names. In a long list or large object it checks only `suspects`.
 */
export function listViolations(
  schema: Schema,
  value: unknown,
  resolve: Resolve,
  suspects: Suspects = allSteps,
): Generator<Violation, undefined> {
  return explain(schema, value, []);

  function* explain(schema: Schema, value: unknown, path: ValuePath): Violations {
    if (schema.$ref !== undefined) return yield* explain(resolve(schema.$ref), value, path);
    for (const part of schema.allOf ?? []) yield* explain(part, value, path);
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches) return yield* explainUnion(branches.flatMap(flatten), value, path);
    const violation = checkScalar(schema, value, path);
    if (violation) yield violation;
    else if (Array.isArray(value)) yield* explainList(schema, value, path);
    else if (isObject(value)) yield* explainObject(schema, value, path);
  }

  function* explainChild(schema: Schema | boolean | undefined, value: unknown, path: ValuePath): Violations {
    if (typeof schema === 'object') yield* explain(schema, value, path);
  }

  function* explainList(schema: Schema, list: unknown[], path: ValuePath): Violations {
    for (const index of suspects(path, list.keys(), list.length)) {
      yield* explainChild(schema.items, list[index], [...path, index]);
    }
  }

  function* explainObject(schema: Schema, value: Record<string, unknown>, path: ValuePath): Violations {
    for (const name of schema.required ?? []) {
      if (value[name] === undefined) yield missing([...path, name]);
    }
    const names = Object.keys(value);
    for (const name of schema.propertyNames ? names : suspects(path, names, names.length)) {
      if (schema.propertyNames && !isValid(schema.propertyNames, name, path)) {
        yield { path: [...path, name], code: 'invalid_value', message: `Invalid name: '${shorten(name)}'.` };
      } else {
        const child = schema.properties?.[name] ?? schema.additionalProperties;
        if (child === false) yield unknownName([...path, name], Object.keys(schema.properties ?? {}));
        else yield* explainChild(child, value[name], [...path, name]);
      }
    }
  }

  function* explainUnion(branches: Schema[], value: unknown, path: ValuePath): Violations {
    const fitting = branches.filter((branch) => !isWrongType(branch, value, path));
    if (fitting.length === 0) {
      const violation = wrongType(branches, value, path);
      if (violation) yield violation;
      return;
    }
    const meant = fitting.filter((branch) => !branch.not || !isValid(branch.not, value, path));
    const { left, doubt } = isObject(value) ? narrow(meant, value, path) : { left: meant };
    let deepest: { first: Violation; others: Violations } | undefined;
    for (const branch of left) {
      const others = explain(branch, value, path);
      const { value: first } = others.next();
      if (!first) return;
      if (!deepest || first.path.length > deepest.first.path.length) deepest = { first, others };
    }
    if (doubt && isMissing(deepest?.first, path)) yield doubt;
    else if (deepest) {
      yield deepest.first;
      yield* deepest.others;
    }
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

  function isValid(schema: Schema, value: unknown, path: ValuePath): boolean {
    return explain(schema, value, path).next().done === true;
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

type Violations = Generator<Violation, undefined>;

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
