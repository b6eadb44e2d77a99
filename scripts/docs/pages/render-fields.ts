import type { Schema } from '../../../src/contract/schema.ts';
import type { ListedOperation } from '../contract/contract-document.ts';
import type { Verdicts } from '../contract/read-support.ts';
import { type Field, listFields, toTarget, toWords } from '../contract/schema.ts';
import { toBounds, toType } from '../contract/to-type.ts';
import { type Html, html } from '../html.ts';
import type { PageLinks } from '../links.ts';

/** The levels of fields within fields. Deeper ones are on the pages of their schemas. */
const maxDepth = 2;

export interface FieldContext {
  schemas: Record<string, Schema>;
  links: PageLinks;
  toHtml(markdown: string): Html;
  /** The support table's verdict on each field. */
  verdicts?: Verdicts | undefined;
  /** Whether to show the fields of fields. */
  isNested: boolean;
}

/** Renders the fields of a schema as a list. Each has the ID `prefix.name`. */
export function renderFields(schema: Schema, prefix: string, context: FieldContext): Html | undefined {
  const fields = listFields(resolve(schema, context.schemas) ?? {});
  if (fields.length === 0) return undefined;
  return renderList(fields, { prefix, depth: 0, seen: [] }, context);
}

interface Place {
  prefix: string;
  depth: number;
  /** Names of the schemas around the fields: a schema may contain itself. */
  seen: readonly string[];
}

function renderList(fields: Field[], place: Place, context: FieldContext): Html {
  return html`<ul class="fields">
${fields.map((field) => renderField(field, place, context))}</ul>
`;
}

function renderField({ name, schema, required }: Field, place: Place, context: FieldContext): Html {
  const { links, schemas, toHtml, verdicts } = context;
  const id = `${place.prefix}.${name}`;
  const words = toWords(schema, schemas);
  return html`<li id="${id}"><p class="head"><code>${name}</code> <span class="type">${toType(schema, links.toName)}</span>${required && html` <span class="required">required</span>`}${toBounds(schema).map((bound) => html` <span class="bound">${bound}</span>`)}${place.depth === 0 && renderVerdict(verdicts?.get(name))}</p>
${words !== '' && toHtml(words)}${context.isNested && renderInner(schema, { ...place, prefix: id }, context)}</li>
`;
}

/** Renders a verdict of the support table: its first word becomes a label. */
export function renderVerdict(verdict: string | undefined): Html | undefined {
  if (verdict === undefined) return undefined;
  return html` <span class="verdict ${/^\w+/.exec(verdict)?.[0] ?? ''}">${verdict.replaceAll('`', '')}</span>`;
}

function renderInner(schema: Schema, { prefix, depth, seen }: Place, context: FieldContext): Html | undefined {
  const inner = toInner(schema, context.schemas);
  if (depth >= maxDepth || !inner || seen.includes(inner.name)) return undefined;
  const fields = listFields(inner.schema);
  if (fields.length === 0) return undefined;
  const place = { prefix, depth: depth + 1, seen: [...seen, inner.name] };
  return html`<details><summary>Fields of <code>${inner.name}</code></summary>
${renderList(fields, place, context)}</details>
`;
}

/** Returns the one named object that a field holds, in a list or not; `undefined` for unions of several. */
function toInner(schema: Schema, schemas: Record<string, Schema>): { name: string; schema: Schema } | undefined {
  const union = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== 'null');
  if (union?.length === 1 && union[0]) return toInner(union[0], schemas);
  if (schema.items) return toInner(schema.items, schemas);
  const name = toTarget(schema);
  const found = schemas[name ?? ''];
  if (name === undefined || !found) return undefined;
  return listFields(found).length > 0 ? { name, schema: found } : toInner(found, schemas);
}

function resolve(schema: Schema, schemas: Record<string, Schema>): Schema | undefined {
  const name = toTarget(schema);
  return name === undefined ? schema : schemas[name];
}

/** Lists the top-level fields of an operation's JSON body: those with an ID on its page. */
export function listOperationFields({ source }: ListedOperation, schemas: Record<string, Schema>): Field[] {
  const { requestBody } = source;
  const media = requestBody && 'content' in requestBody ? requestBody.content['application/json'] : undefined;
  return media?.schema ? listFields(resolve(media.schema, schemas) ?? {}) : [];
}
