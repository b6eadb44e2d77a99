import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, listOperations } from './contract-document.ts';
import { listUses } from './list-uses.ts';
import { createMarked } from './render-guide.ts';
import { type Field, listFields, toEventName, toWords } from './schema.ts';
import { toBounds, toType } from './to-type.ts';

/** The number of users of a schema that are named; the others are counted. */
const maxUses = 8;

interface Context {
  schemas: Record<string, Schema>;
  uses: Map<string, string[]>;
  /** Addresses of schemas and operations, by name. */
  addresses: ReadonlyMap<string, string>;
  toHtml(markdown: string): string;
}

/** Renders every schema of the contract with its fields, as plain HTML to read, link to and print. */
export function renderSchemas(document: ContractDocument): string {
  const { schemas } = document.components;
  const names = Object.keys(schemas);
  const addresses = new Map([
    ...names.map((name) => [name, `#${name}`] as const),
    ...listOperations(document).map(({ id, hash }) => [id, `./${hash}`] as const),
  ]);
  const marked = createMarked({ pages: new Set(), names: addresses }, 'schemas');
  const toHtml = (markdown: string): string => marked.parse(markdown, { async: false });
  const context = { schemas, uses: listUses(document), addresses, toHtml };
  const index = names.toSorted().map((name) => `<li><a href="#${name}">${name}</a></li>`);
  return `<h1>Schemas</h1>
<p>Every schema of requests, replies and events, with all its fields. Fields that aren't marked as <span class="bound">required</span> are optional in
requests.</p>
<details class="names"><summary>All ${names.length} names</summary><ul>${index.join('')}</ul></details>
${Object.entries(schemas)
  .map(([name, schema]) => toSection(name, schema, context))
  .join('')}`;
}

function toSection(name: string, schema: Schema, context: Context): string {
  const { schemas, toHtml } = context;
  const event = toEventName(name, schema);
  const values = Object.entries(schema['x-enumDescriptions'] ?? {}).map((pair) => toValue(name, pair, context));
  const entries = [...listFields(schema).map((field) => toField(name, field, context)), ...values];
  const type = entries.length > 0 && !schema.allOf ? '' : `<p class="type">${toType(schema)}</p>\n`;
  return `<section id="${name}">
<h2>${name}${event === undefined ? '' : ` <code>${event}</code>`}</h2>
${toHtml(toWords(schema, schemas))}${type}${entries.length === 0 ? '' : `<dl>\n${entries.join('')}</dl>\n`}${toUsers(name, context)}</section>
`;
}

function toField(owner: string, { name, schema, required }: Field, { schemas, toHtml }: Context): string {
  const notes = [...(required ? ['required'] : []), ...toBounds(schema)];
  const bounds = notes.map((note) => ` <span class="bound">${note}</span>`).join('');
  return `<dt id="${owner}.${name}"><code>${name}</code> <span class="type">${toType(schema)}</span>${bounds}</dt>
<dd>${toHtml(toWords(schema, schemas))}</dd>
`;
}

function toValue(owner: string, [value, description]: [string, string], { toHtml }: Context): string {
  return `<dt id="${owner}.${value}"><code>${value}</code></dt>\n<dd>${toHtml(description)}</dd>\n`;
}

function toUsers(name: string, { uses, addresses }: Context): string {
  const users = uses.get(name) ?? [];
  if (users.length === 0) return '';
  const named = users.slice(0, maxUses).map((user) => `<a href="${addresses.get(user)}">${user}</a>`);
  const others = users.length > maxUses ? ` and ${users.length - maxUses} more` : '';
  return `<p class="users">Used in ${named.join(', ')}${others}</p>\n`;
}
