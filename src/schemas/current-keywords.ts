import { keywords } from './keywords.ts';

type Schema = Record<string, unknown>;

/** Whether the draft that `$schema` names ignores the keywords beside `$ref`, as all drafts up to 7 do. */
export const ignoresSiblings = ({ $schema }: Schema): boolean => /draft-0[3-7]\b/.test(`${$schema}`);

/** Whether the draft that `$schema` names has `id` instead of `$id`. */
export const usesOldId = ({ $schema }: Schema): boolean => /draft-0[34]\b/.test(`${$schema}`);

/**
 * Returns a schema with the forms of older drafts as draft 2020-12 has them: tuples in `items`, exclusive bounds as
 * flags, `$recursiveRef`. A null keyword counts as omitted: generators write it for an unset field. So does an empty
 * list of properties, which PHP writes for an empty object. Subschemas stay as they are.
 */
export function toCurrentKeywords(schema: Schema): Schema {
  return Object.entries(schema).some(isOutdated) ? renew(schema) : schema;
}

function isOutdated([name, value]: [string, unknown]): boolean {
  if (value === null) return isNullable(name);
  if (name === 'items') return Array.isArray(value);
  if (name === '$recursiveRef') return true;
  if (Array.isArray(value)) return value.length === 0 && keywords.get(name)?.kind === 'schema-map';
  return typeof value === 'boolean' && flags.has(name);
}

/** Keywords that were flags in drafts 3 and 4. `required` was one of a property. */
const flags = new Set(['exclusiveMinimum', 'exclusiveMaximum', 'required']);

/** Whether null stands for an omitted value of this keyword. */
function isNullable(name: string): boolean {
  const kind = keywords.get(name)?.kind;
  return kind !== undefined && kind !== 'any';
}

function renew({ items, additionalItems, minimum, maximum, $recursiveRef, ...schema }: Schema): Schema {
  const rest = Object.entries(schema).filter((entry) => !isOutdated(entry));
  return Object.fromEntries([
    ...rest,
    ...toItems(items, additionalItems),
    ...toBound('minimum', 'exclusiveMinimum', minimum, schema['exclusiveMinimum']),
    ...toBound('maximum', 'exclusiveMaximum', maximum, schema['exclusiveMaximum']),
    ...($recursiveRef === undefined || schema['$ref'] !== undefined ? [] : [['$ref', $recursiveRef]]),
  ]);
}

function toItems(items: unknown, additionalItems: unknown): [string, unknown][] {
  if (!Array.isArray(items)) return present('items', items);
  return [...(items.length > 0 ? present('prefixItems', items) : []), ...present('items', additionalItems)];
}

function toBound(name: string, exclusive: string, bound: unknown, isExclusive: unknown): [string, unknown][] {
  return present(isExclusive === true ? exclusive : name, bound);
}

const present = (name: string, value: unknown): [string, unknown][] =>
  value === undefined || value === null ? [] : [[name, value]];
