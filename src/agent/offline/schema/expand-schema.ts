import { isObject } from '../../../json/is-object.ts';
import { toCurrentKeywords } from '../../../schemas/current-keywords.ts';
import { offlineLimits } from '../offline-limits.ts';
import { type JsonSchema, readList, sizeOf } from './json-schema.ts';
import { mergeSchemas } from './merge-schemas.ts';

/** A schema without references and combinations at its top level. */
export interface Expansion {
  schema: JsonSchema;
  /** The targets of the references followed so far. Reaching one of them again is a cycle. */
  entered: ReadonlySet<object>;
}

export interface ExpandContext {
  /** The document that references are resolved in. */
  root: JsonSchema;
  /** Spends a part of the budget, 1 by default. Throws when the budget is exhausted. */
  spend(values?: number): void;
  /** Number of schemas and combinations around the current one. */
  depth: number;
}

/**
 * Yields the ways to satisfy a schema, in the order of its branches. References are followed, `allOf` is merged, and
 * each choice of an `anyOf` or `oneOf` is a separate way. Yields nothing for a schema that no value satisfies, or that
 * leads back into one of `entered`.
 */
export function* expandSchema(
  schema: unknown,
  entered: ReadonlySet<object>,
  outer: ExpandContext,
): Generator<Expansion> {
  const context = { ...outer, depth: outer.depth + 1 };
  context.spend();
  if (context.depth > offlineLimits.sampleDepth) return;
  if (schema === true || schema === undefined) yield { schema: {}, entered };
  if (!isObject(schema)) return;
  context.spend(weigh(schema, entered));
  const current = toCurrentKeywords(schema);
  const { $ref, allOf, anyOf, oneOf, ...own } = current;
  const choices = [
    ...(readList(current, 'allOf') ?? []).map((part) => [part]),
    ...[readList(current, 'anyOf'), readList(current, 'oneOf')].filter((list) => list !== undefined),
  ];
  if ($ref === undefined) return yield* combine({ schema: own, entered }, choices, context);
  context.spend(`${$ref}`.length / charactersPerValue);
  const target = followReference(context.root, $ref);
  if (!isObject(target) || entered.has(target)) return;
  yield* combine({ schema: own, entered: new Set([...entered, target]) }, [[target], ...choices], context);
}

/** Number of keywords and entries, and of characters, that cost as much as one value. */
const entriesPerValue = 20;
const charactersPerValue = 100;

/** Returns the cost of reading a schema, in values: its keywords and their lists are copied. */
function weigh(schema: JsonSchema, entered: ReadonlySet<object>): number {
  const values = Object.values(schema);
  const entries = values.reduce<number>((sum, value) => sum + sizeOf(value), values.length + entered.size);
  return Math.floor(entries / entriesPerValue);
}

/** Combines one option of each list, starting with the list at `index`. */
function* combine(base: Expansion, choices: unknown[][], context: ExpandContext, index = 0): Generator<Expansion> {
  const options = choices[index];
  if (options === undefined) return yield base;
  for (const option of options) {
    for (const { schema, entered } of expandSchema(option, base.entered, context)) {
      const merged = mergeSchemas(base.schema, schema, context.spend);
      if (merged !== undefined) yield* combine({ schema: merged, entered }, choices, context, index + 1);
    }
  }
}

/** Resolves a `$ref` within the document. Returns `undefined` for a missing target or another document. */
function followReference(root: JsonSchema, reference: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) return undefined;
  const names = reference.slice(1).split('/').slice(1);
  return names.reduce<unknown>((value, name) => {
    const key = decode(name).replaceAll('~1', '/').replaceAll('~0', '~');
    // The indexes of a list are own keys too.
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? Reflect.get(value, key)
      : undefined;
  }, root);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
