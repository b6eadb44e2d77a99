import { type JsonSchema, readList, readNumber } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** Samples the shortest list that the schema allows, but with one item if an empty list is not required. */
export function sampleArray(schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const least = Math.max(readNumber(schema, 'minItems') ?? 0, containsCount(schema));
  const most = readNumber(schema, 'maxItems') ?? Number.POSITIVE_INFINITY;
  const length = Math.min(Math.max(least, preferredLength(schema, context)) + variant, most);
  if (length < least) return impossible;
  const items: Items = { list: [], seen: new Set() };
  while (items.list.length < length) {
    const item = nextItem(schema, items, context);
    if (item === impossible) return items.list.length < least ? impossible : items.list;
    items.list.push(item);
  }
  return items.list;
}

/** The items sampled so far. */
interface Items {
  list: unknown[];
  /** Their JSON texts, when they must be unique. */
  seen: Set<string>;
}

function preferredLength(schema: JsonSchema, { optional }: SampleContext): number {
  return optional ? Math.max(1, readList(schema, 'prefixItems')?.length ?? 0) : 0;
}

function containsCount(schema: JsonSchema): number {
  return schema['contains'] === undefined ? 0 : (readNumber(schema, 'minContains') ?? 1);
}

/** Samples the next item. For unique items it tries one variant more than there are items, which is enough. */
function nextItem(schema: JsonSchema, { list, seen }: Items, context: SampleContext): unknown {
  const itemSchema = schemaAt(schema, list.length);
  if (schema['uniqueItems'] !== true) return context.sample(itemSchema, 0, context);
  for (let attempt = 0; attempt <= list.length; attempt++) {
    const item = context.sample(itemSchema, attempt === 0 ? list.length : attempt - 1, context);
    const text = item === impossible ? '' : JSON.stringify(item);
    if (text === '' || seen.has(text)) continue;
    seen.add(text);
    return item;
  }
  return impossible;
}

function schemaAt(schema: JsonSchema, index: number): unknown {
  const prefix = readList(schema, 'prefixItems') ?? [];
  const own = index < prefix.length ? prefix[index] : (schema['items'] ?? true);
  const mustMatch = index >= prefix.length && index < prefix.length + containsCount(schema);
  return mustMatch ? { allOf: [own, schema['contains']] } : own;
}
