import { listFields, toEventName, toWords } from '../contract/schema.ts';
import { toType } from '../contract/to-type.ts';
import { type Html, html } from '../html.ts';
import { createLinks } from '../links.ts';
import { toSlug } from '../markdown/render-markdown.ts';
import type { Page, Site } from '../site.ts';
import { createFieldContext } from './field-context.ts';
import { type FieldContext, renderFields } from './render-fields.ts';

/** The number of users of a schema that are named; the others are counted. */
const maxUses = 12;

/** Renders the page of a schema: its fields, the values of an enumeration, and its users. */
export function renderSchema(name: string, site: Site): Page {
  const path = `schemas/${name}`;
  const schema = site.schemas[name] ?? {};
  const context = createFieldContext(createLinks(path, site.targets), site, false);
  const event = toEventName(name, schema);
  const values = Object.entries(schema['x-enumDescriptions'] ?? {});
  const isPlain = listFields(schema).length === 0 && values.length === 0;
  return {
    path,
    title: name,
    main: html`<h1>${name}</h1>
${event !== undefined && html`<p>The event <code>${event}</code>.</p>\n`}${context.toHtml(toWords(schema, site.schemas))}${(isPlain || schema.allOf) && html`<p>Type: ${toType(schema, context.links.toName)}</p>\n`}${renderFields(schema, name, context)}${values.length > 0 && renderValues(name, values, context)}${renderUsers(name, context, site)}`,
    headings: [],
  };
}

function renderValues(name: string, values: [string, string][], { toHtml }: FieldContext): Html {
  return html`<ul class="fields">
${values.map(([value, words]) => html`<li id="${name}.${value}"><p class="head"><code>${value}</code></p>${toHtml(words)}</li>\n`)}</ul>
`;
}

function renderUsers(name: string, { links }: FieldContext, { uses }: Site): Html | undefined {
  const users = uses.get(name) ?? [];
  if (users.length === 0) return undefined;
  const named = users
    .slice(0, maxUses)
    .map((user, index) => html`${index > 0 && ', '}<a href="${links.toName(user)}">${user}</a>`);
  return html`<p class="users">Used in ${named}${users.length > maxUses && ` and ${users.length - maxUses} more`}.</p>
`;
}

/** The path of the list of all schemas. */
export const allSchemas = 'schemas/all';

/** Renders the list of all schemas, by area. */
export function renderSchemas({ areas, targets }: Site): Page {
  const links = createLinks(allSchemas, targets);
  const count = [...areas.values()].flat().length;
  return {
    path: allSchemas,
    title: 'All schemas',
    main: html`<h1>All schemas</h1>
<p>The ${count} schemas of requests, replies and events, by the part of the API that uses them. In requests, fields that aren't
marked as required are optional.</p>
${[...areas].map(
  ([area, names]) => html`<h2 id="${toSlug(area)}">${area}</h2>
<ul class="names">${names.map((name) => html`<li><a href="${links.to(`schemas/${name}`)}">${name}</a></li>`)}</ul>
`,
)}`,
    headings: [...areas.keys()].map((area) => ({ id: toSlug(area), text: area })),
  };
}
