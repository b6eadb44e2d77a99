import { type ContractDocument, listOperations } from './contract-document.ts';
import { listUses } from './list-uses.ts';
import { createMarked, type Links } from './render-guide.ts';
import { type Field, listFields, type Schema, toEventName, toWords } from './schema.ts';
import { toBounds, toType } from './to-type.ts';

/** How many places that use a schema are named; the others are counted. */
const maxUses = 8;

interface Context {
  schemas: Record<string, Schema>;
  uses: Map<string, string[]>;
  operations: Links['operations'];
  toHtml(markdown: string): string;
}

/** Every schema of the contract with its fields, to be read, linked to and printed, as plain HTML. */
export function renderSchemas(document: ContractDocument): string {
  const { schemas } = document.components;
  const operations = new Map(listOperations(document).map(({ id, hash }) => [id, `./${hash}`]));
  const marked = createMarked({ pages: new Set(), operations }, 'schemas');
  const toHtml = (markdown: string): string => marked.parse(markdown, { async: false });
  const context = { schemas, uses: listUses(document), operations, toHtml };
  const names = Object.keys(schemas);
  const index = names.toSorted().map((name) => `<li><a href="#${name}">${name}</a></li>`);
  return `<h1>Schemas</h1>
<p>What requests, answers and events are made of, with every field. A field that isn't <span class="bound">required</span> may be left out of a
request.</p>
<details class="names"><summary>All ${names.length} names</summary><ul>${index.join('')}</ul></details>
${Object.entries(schemas)
  .map(([name, schema]) => toSection(name, schema, context))
  .join('')}`;
}

function toSection(name: string, schema: Schema, context: Context): string {
  const { schemas, uses, operations, toHtml } = context;
  const event = toEventName(name, schema);
  const fields = listFields(schema).map((field) => toField(name, field, context));
  const type = fields.length > 0 && !schema.allOf ? '' : `<p class="type">${toType(schema)}</p>\n`;
  return `<section id="${name}">
<h2>${name}${event === undefined ? '' : ` <code>${event}</code>`}</h2>
${toHtml(toWords(schema, schemas))}${type}${fields.length === 0 ? '' : `<dl>\n${fields.join('')}</dl>\n`}${toUsers(uses.get(name) ?? [], operations)}</section>
`;
}

function toField(owner: string, { name, schema, required }: Field, { schemas, toHtml }: Context): string {
  const notes = [...(required ? ['required'] : []), ...toBounds(schema)];
  const bounds = notes.map((note) => ` <span class="bound">${note}</span>`).join('');
  return `<dt id="${owner}.${name}"><code>${name}</code> <span class="type">${toType(schema)}</span>${bounds}</dt>
<dd>${toHtml(toWords(schema, schemas))}</dd>
`;
}

function toUsers(users: string[], operations: Links['operations']): string {
  if (users.length === 0) return '';
  const named = users.slice(0, maxUses).map((user) => {
    const operation = operations.get(user);
    return `<a href="${operation ?? `#${user}`}">${user}</a>`;
  });
  const others = users.length > maxUses ? ` and ${users.length - maxUses} more` : '';
  return `<p class="users">Used in ${named.join(', ')}${others}</p>\n`;
}
