import type { Schema } from '../../../src/contract/schema.ts';
import { type Html, html } from '../html.ts';
import { toTarget } from './schema.ts';

/** Returns the address of a schema. */
export type ToAddress = (name: string) => string | undefined;

/** Describes the type of a value, with links to schemas. */
export function toType(schema: Schema, toAddress: ToAddress): Html {
  const target = toTarget(schema);
  if (target !== undefined) return html`<a href="${toAddress(target)}">${target}</a>`;
  if ('const' in schema) return toCode(schema.const);
  if (schema.enum) return join(schema.enum.map(toCode), ', ');
  const each = (one: Schema) => toType(one, toAddress);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return join(union.map(each), ' or ');
  if (schema.allOf) return join(schema.allOf.filter(({ $ref }) => $ref).map(each), ' and ');
  if (schema.type === undefined) return html`any JSON`;
  return join(
    [schema.type].flat().map((type) => toSingle(type, schema, each)),
    ' or ',
  );
}

function toSingle(type: string, { items, additionalProperties }: Schema, each: (schema: Schema) => Html): Html {
  if (type === 'array') return html`list of ${items ? each(items) : 'any JSON'}`;
  if (type === 'object' && typeof additionalProperties === 'object')
    return html`object of ${each(additionalProperties)}`;
  return html`${type}`;
}

/** Describes the limits of a value, such as `at most 64 characters`, and its default. */
export function toBounds(schema: Schema): Html[] {
  const own = bounds.flatMap(([key, side, unit]) =>
    schema[key] === undefined ? [] : [html`${side} ${toCode(schema[key])}${unit}`],
  );
  const deprecated = schema.deprecated ? [html`deprecated`] : [];
  return [...deprecated, ...own, ...(schema.items ? toBounds(schema.items) : [])];
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

const toCode = (value: unknown): Html => html`<code>${JSON.stringify(value)}</code>`;

const join = (parts: Html[], between: string): Html =>
  html`${parts.map((part, index) => html`${index > 0 && between}${part}`)}`;
