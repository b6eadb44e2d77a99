import type { Schema } from '../../src/contract/schema.ts';
import { escapeHtml } from './render-guide.ts';
import { toTarget } from './schema.ts';

/** Describes the type of a value as HTML, with links to schemas on the same page. */
export function toType(schema: Schema): string {
  const target = toTarget(schema);
  if (target !== undefined) return `<a href="#${target}">${target}</a>`;
  if ('const' in schema) return toCode(schema.const);
  if (schema.enum) return schema.enum.map(toCode).join(', ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(toType).join(' or ');
  if (schema.allOf) return schema.allOf.flatMap((each) => (each.$ref ? [toType(each)] : [])).join(' and ');
  if (schema.type === undefined) return 'any JSON';
  return [schema.type]
    .flat()
    .map((type) => toSingle(type, schema))
    .join(' or ');
}

function toSingle(type: string, { items, additionalProperties }: Schema): string {
  if (type === 'array') return `list of ${items ? toType(items) : 'any JSON'}`;
  if (type === 'object' && typeof additionalProperties === 'object') return `object of ${toType(additionalProperties)}`;
  return type;
}

/** Describes the limits of a value, such as `at most 64 characters`, and its default. */
export function toBounds(schema: Schema): string[] {
  const own = bounds.flatMap(([key, side, unit]) =>
    schema[key] === undefined ? [] : [`${side} ${toCode(schema[key])}${unit}`],
  );
  return [...(schema.deprecated ? ['deprecated'] : []), ...own, ...(schema.items ? toBounds(schema.items) : [])];
}

const bounds = [
  ['minimum', 'at least', ''],
  ['maximum', 'at most', ''],
  ['minLength', 'at least', ' characters'],
  ['maxLength', 'at most', ' characters'],
  ['minItems', 'at least', ' entries'],
  ['maxItems', 'at most', ' entries'],
  ['maxProperties', 'at most', ' pairs'],
  ['default', 'default', ''],
] as const;

function toCode(value: unknown): string {
  return `<code>${escapeHtml(JSON.stringify(value))}</code>`;
}
