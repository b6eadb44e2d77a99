import { limits } from '../../../config/limits.ts';
import { isObject } from '../../../json/is-object.ts';
import { type JsonSchema, readList, sizeOf } from './json-schema.ts';
import { mergeSchemas } from './merge-schemas.ts';

/** A schema with no reference and no combination left at its top level. */
export interface Expansion {
  schema: JsonSchema;
  /** The schemas that references led through. To meet one of them again below is to go round in a circle. */
  entered: ReadonlySet<object>;
}

export interface ExpandContext {
  /** Where references start. */
  root: JsonSchema;
  /** Called for each schema that is looked at; throws when it has been too many. Default: 1. */
  spend(values?: number): void;
  /** How many schemas and combinations the one being looked at lies within. */
  depth: number;
}

/**
 * The ways to satisfy a schema, in the order its branches are written: references are followed, `allOf` is merged, and
 * each choice of an `anyOf` and a `oneOf` is a way of its own. None for a schema that nothing satisfies, or that leads
 * back into one of `entered`.
 */
export function* expandSchema(
  schema: unknown,
  entered: ReadonlySet<object>,
  outer: ExpandContext,
): Generator<Expansion> {
  const context = { ...outer, depth: outer.depth + 1 };
  context.spend();
  if (context.depth > limits.offlineSampleDepth) return;
  if (schema === true || schema === undefined) yield { schema: {}, entered };
  if (!isObject(schema)) return;
  context.spend(weigh(schema, entered));
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const choices = [
    ...(readList(schema, 'allOf') ?? []).map((part) => [part]),
    ...[readList(schema, 'anyOf'), readList(schema, 'oneOf')].filter((list) => list !== undefined),
  ];
  if ($ref === undefined) return yield* combine({ schema: own, entered }, choices, context);
  context.spend(`${$ref}`.length / charactersPerValue);
  const target = followReference(context.root, $ref);
  if (!isObject(target) || entered.has(target)) return;
  yield* combine({ schema: own, entered: new Set([...entered, target]) }, [[target], ...choices], context);
}

/** Keywords, entries and characters that are read at the cost of one value. */
const entriesPerValue = 20;
const charactersPerValue = 100;

/** Returns the cost of reading a large schema, in values: its keywords and their lists are walked and copied. */
function weigh(schema: JsonSchema, entered: ReadonlySet<object>): number {
  const values = Object.values(schema);
  const entries = values.reduce<number>((sum, value) => sum + sizeOf(value), values.length + entered.size);
  return Math.floor(entries / entriesPerValue);
}

/** Chooses one option of each list, from the one at `index` on. */
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

/** What a `$ref` within the document points at; `undefined` for what is missing, and for other documents. */
function followReference(root: JsonSchema, reference: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) return undefined;
  const names = reference.slice(1).split('/').slice(1);
  return names.reduce<unknown>((value, name) => {
    const key = decode(name).replaceAll('~1', '/').replaceAll('~0', '~');
    // A list has its positions as own keys.
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
