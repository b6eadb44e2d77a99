import type { OpenAPIV3_1 as OpenApi } from 'openapi-types';
import type { Schema } from '../../../src/contract/schema.ts';
import type { ListedOperation, RecordedMedia } from '../contract/contract-document.ts';
import { listExamples, listTranscripts } from '../contract/list-examples.ts';
import { toBounds, toType } from '../contract/to-type.ts';
import { type Html, html } from '../html.ts';
import { createLinks } from '../links.ts';
import { renderTabs } from '../markdown/code-block.ts';
import type { Page, Site } from '../site.ts';
import { createFieldContext } from './field-context.ts';
import { renderErrors } from './render-errors.ts';
import { renderExamples, renderTranscripts } from './render-examples.ts';
import { type FieldContext, renderFields, renderVerdict } from './render-fields.ts';

/** A longer description is split: its first paragraph opens the page, and the rest follows the fields. */
const maxLead = 700;

interface Part {
  id: string;
  title: string;
  body: Html | undefined;
}

/** Renders the page of an operation: its purpose, code, fields, recorded examples and errors. */
export function renderOperation(operation: ListedOperation, site: Site): Page {
  const path = `api/${operation.id}`;
  const context = createFieldContext(createLinks(path, site.targets), site, true);
  const verdicts = site.support.get(`${operation.method.toUpperCase()} ${operation.path}`);
  const { lead, rest } = splitDescription(operation.source.description ?? '');
  const { headers = [], others = [] } = Object.groupBy(operation.parameters, (each) =>
    each.in === 'header' ? 'headers' : 'others',
  );
  const json = requestMedia(operation, 'application/json');
  const stream = replyMedia(operation, site, 'text/event-stream');
  const transcripts = listTranscripts(site.document, stream);
  const parts: Part[] = [
    { id: 'parameters', title: 'Parameters', body: renderParameters(others, { ...context, verdicts }) },
    {
      id: 'request',
      title: operation.isWebhook ? 'Body' : 'Request body',
      body: renderBody(json, { ...context, verdicts }, site),
    },
    { id: 'headers', title: 'Headers', body: renderParameters(headers, context) },
    { id: 'reply', title: 'Reply', body: renderReply(operation, context, site) },
    {
      id: 'streams',
      title: 'Recorded streams',
      body: transcripts.length > 0 ? renderTranscripts(transcripts) : undefined,
    },
    { id: 'details', title: 'In detail', body: rest === '' ? undefined : context.toHtml(rest) },
    {
      id: 'errors',
      title: operation.isWebhook ? 'Your replies' : 'Errors',
      body: renderErrors(operation, context, site),
    },
    { id: 'see-also', title: 'See also', body: renderMentions(operation, context, site) },
  ];
  const shown = parts.filter(({ body }) => body !== undefined);
  return {
    path,
    title: operation.summary,
    main: html`${renderHead(operation, lead, context)}${renderSamples(operation, site)}${shown.map(
      ({ id, title, body }) => html`<h2 id="${id}">${title}</h2>\n${body}`,
    )}`,
    headings: shown.map(({ id, title }) => ({ id, text: title })),
  };
}

function renderHead(
  { id, method, path, summary, tag, isWebhook, source }: ListedOperation,
  lead: string,
  context: FieldContext,
): Html {
  const address = isWebhook ? html`a URL of yours, with <code>type: ${path}</code>` : html`<code>${path}</code>`;
  const key = toKey(source);
  const tryIt = !isWebhook && html` <a class="button" href="${context.links.to('try', `/${tag}/${id}`)}">Try it</a>`;
  return html`<h1>${summary}</h1>
<p class="endpoint"><span class="verb ${method}">${method}</span> ${address}${tryIt}</p>
<p class="operation-id">Operation <code>${id}</code>${key !== undefined && html` · ${key}`}</p>
${context.toHtml(lead)}`;
}

/** Names the owner of the key that an operation needs; nothing if it needs none. The default is the key of a client. */
function toKey({ security }: OpenApi.OperationObject): string | undefined {
  if (security?.length === 0) return undefined;
  const isOperators = security?.some((scheme) => 'operatorKey' in scheme);
  return `needs the key of ${isOperators ? 'an operator' : 'a client'}, if the server has keys`;
}

function splitDescription(description: string): { lead: string; rest: string } {
  if (description.length <= maxLead) return { lead: description, rest: '' };
  const [lead = '', ...rest] = description.split('\n\n');
  return { lead, rest: rest.join('\n\n') };
}

function renderSamples({ id }: ListedOperation, { samples }: Site): Html | undefined {
  const codes = samples.get(id);
  return codes && codes.length > 0 ? renderTabs(codes, 'Sample') : undefined;
}

function renderParameters(parameters: OpenApi.ParameterObject[], context: FieldContext): Html | undefined {
  if (parameters.length === 0) return undefined;
  return html`<ul class="fields">
${parameters.map((parameter) => renderParameter(parameter, context))}</ul>
`;
}

function renderParameter(parameter: OpenApi.ParameterObject, { links, toHtml, verdicts }: FieldContext): Html {
  const { name, in: location, required = false, description = '' } = parameter;
  const schema: Schema = parameter.schema ?? {};
  const bounds = toBounds(schema).map((bound) => html` <span class="bound">${bound}</span>`);
  return html`<li id="parameters.${name}"><p class="head"><code>${name}</code> <span class="type">${toType(schema, links.toName)}, in ${location}</span>${required && html` <span class="required">required</span>`}${bounds}${renderVerdict(verdicts?.get(`?${name}`))}</p>
${toHtml(description)}</li>
`;
}

function renderBody(
  media: OpenApi.MediaTypeObject | undefined,
  context: FieldContext,
  { document }: Site,
): Html | undefined {
  if (!media?.schema) return undefined;
  const examples = listExamples(document, media);
  return html`<p>Type: ${toType(media.schema, context.links.toName)}</p>
${renderFields(media.schema, 'request', context)}${renderUnlisted(media.schema, context)}${
  examples.length > 0 &&
  html`<h3 id="request-examples">Example requests</h3>
${renderExamples(examples, true)}`
}`;
}

/**
 * Lists the fields that the support table judges and the schema doesn't have: fields of OpenAI's that are refused or
 * ignored.
 */
function renderUnlisted(schema: Schema, { schemas, verdicts }: FieldContext): Html | undefined {
  const target = schemas[schema.$ref?.split('/').at(-1) ?? ''];
  const known = new Set(Object.keys(target?.properties ?? {}));
  const others = [...(verdicts ?? [])].filter(([name]) => !name.startsWith('?') && !known.has(name));
  if (others.length === 0) return undefined;
  return html`<p>Other fields of OpenAI's API: ${others.map(
    ([name, verdict], index) => html`${index > 0 && ', '}<code>${name}</code>${renderVerdict(verdict)}`,
  )}.</p>
`;
}

function renderReply(operation: ListedOperation, context: FieldContext, site: Site): Html | undefined {
  const json = replyMedia(operation, site, 'application/json');
  const events = replyMedia(operation, site, 'text/event-stream')?.['x-event-schema'];
  if (!json?.schema) return undefined;
  const examples = listExamples(site.document, json);
  const { toName } = context.links;
  return html`<p>Type: ${toType(json.schema, toName)}${events && html`. As a stream: events of ${toType(events, toName)}`}</p>
${renderFields(json.schema, 'reply', context)}${
  examples.length > 0 &&
  html`<h3 id="reply-examples">Recorded replies</h3>
${renderExamples(examples, true)}`
}`;
}

function renderMentions({ id }: ListedOperation, { links }: FieldContext, { documents }: Site): Html | undefined {
  const mentions = documents.filter(
    ({ path, markdown }) => markdown.includes(`\`${id}\``) && !['changelog', 'support'].includes(path),
  );
  if (mentions.length === 0) return undefined;
  return html`<ul>${mentions.map(({ path, title }) => html`<li><a href="${links.to(path)}">${title}</a></li>`)}</ul>
`;
}

function requestMedia({ source }: ListedOperation, type: string): OpenApi.MediaTypeObject | undefined {
  return source.requestBody && 'content' in source.requestBody ? source.requestBody.content[type] : undefined;
}

function replyMedia({ source }: ListedOperation, { document }: Site, type: string): RecordedMedia | undefined {
  const [, reply] = Object.entries(source.responses ?? {}).find(([status]) => status.startsWith('2')) ?? [];
  if (!reply) return undefined;
  const found = '$ref' in reply ? document.components.responses[reply.$ref.split('/').at(-1) ?? ''] : reply;
  return found?.content?.[type];
}
