import { type JsonSchema, readList, readNumber } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';

/** A list as short as the schema allows, but with one item where it may have any. */
export function sampleArray(schema: JsonSchema, variant: number, context: SampleContext): unknown {
  const least = Math.max(readNumber(schema, 'minItems') ?? 0, containsCount(schema));
  const length = chooseLength(schema, least, variant, context);
  if (length < least) return impossible;
  const list: unknown[] = [];
  const seen = new Set<string>();
  while (list.length < length) {
    const item = nextItem(schema, list, seen, context);
    if (item === impossible) return list.length < least ? impossible : list;
    list.push(item);
  }
  return list;
}

function chooseLength(schema: JsonSchema, least: number, variant: number, context: SampleContext): number {
  const prefix = readList(schema, 'prefixItems')?.length ?? 0;
  const wished = context.optional ? Math.max(1, prefix) : 0;
  const most = readNumber(schema, 'maxItems') ?? Number.POSITIVE_INFINITY;
  return Math.min(Math.max(least, wished) + variant, most);
}

function containsCount(schema: JsonSchema): number {
  return schema['contains'] === undefined ? 0 : (readNumber(schema, 'minContains') ?? 1);
}

/** Where items must differ, other variants are tried: one more than there are items to differ from is enough. */
function nextItem(schema: JsonSchema, list: unknown[], seen: Set<string>, context: SampleContext): unknown {
  const itemSchema = schemaAt(schema, list.length);
  if (schema['uniqueItems'] !== true) return context.sample(itemSchema, 0, context);
  const variants = [list.length, ...list.keys()];
  for (const variant of variants) {
    const item = context.sample(itemSchema, variant, context);
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
  const asked = index >= prefix.length && index < prefix.length + containsCount(schema);
  return asked ? { allOf: [own, schema['contains']] } : own;
}
