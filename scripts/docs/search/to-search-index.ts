import type { SearchEntry } from '../browser/find-entries.ts';
import { type Field, listFields, toEventName, toWords } from '../contract/schema.ts';
import type { Document } from '../documents.ts';
import type { RenderedMarkdown } from '../markdown/render-markdown.ts';
import { listOperationFields } from '../pages/render-fields.ts';
import type { Site } from '../site.ts';

interface Rendered {
  document: Document;
  rendered: RenderedMarkdown;
}

/** Returns everything the search can find, in the order in which equal matches are shown. */
export function toSearchIndex(site: Site, documents: readonly Rendered[]): SearchEntry[] {
  return mergeTwins([...listOperations(site), ...documents.flatMap(listDocument), ...listSchemas(site)]);
}

function listOperations({ operations, schemas, title }: Site): SearchEntry[] {
  return [
    { kind: 'page', name: 'Try the API', of: title, words: 'Send requests from your browser.', href: 'try' },
    ...operations.flatMap((operation): SearchEntry[] => {
      const { id, method, path, summary, parameters, source } = operation;
      const href = `api/${id}`;
      const of = `${method.toUpperCase()} ${path}`;
      const fields = withoutTags(listOperationFields(operation, schemas)).map(({ name, schema }) => ({
        kind: 'field',
        name,
        of: id,
        words: toFirstSentence(toWords(schema, schemas)),
        href: `${href}#request.${name}`,
      }));
      return [
        { kind: 'operation', name: id, of, words: summary, href, text: toText(source.description ?? '') },
        ...parameters.map(({ name, description = '' }) => ({
          kind: 'parameter',
          name,
          of: id,
          words: toFirstSentence(description),
          href: `${href}#parameters.${name}`,
        })),
        ...fields,
      ];
    }),
  ];
}

function listDocument({ document, rendered }: Rendered): SearchEntry[] {
  const { path, title, keywords, markdown } = document;
  const kind = toKind(path);
  const [, lead = ''] = /^# .+\n+([^#`|<][^#]*?)(?:\n\n|$)/m.exec(markdown) ?? [];
  const whole = {
    kind,
    name: title,
    of: '',
    words: toFirstSentence(lead),
    href: path,
    keywords: keywords.join(' '),
    text: toText(lead),
  };
  // The versions of the changelog are no answer to a question.
  if (path === 'changelog') return [whole];
  return [
    whole,
    ...rendered.headings.map(({ id, text, body }) => ({
      kind,
      name: text,
      of: title,
      words: '',
      href: `${path}#${id}`,
      text: toText(body),
    })),
    ...rendered.rows.map(({ id, text }) => ({
      kind: path === 'guide/errors' ? 'error' : toRowKind(path),
      name: id,
      of: title,
      words: toFirstSentence(text),
      href: `${path}#${id}`,
    })),
  ];
}

const toKind = (path: string): string =>
  path.startsWith('guide/') ? 'guide' : path.startsWith('how-to/') ? 'how-to' : 'page';

const toRowKind = (path: string): string => (path === 'configuration' ? 'setting' : 'entry');

function listSchemas({ schemas }: Site): SearchEntry[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const event = toEventName(name, schema);
    const words = toFirstSentence(toWords(schema, schemas));
    const href = `schemas/${name}`;
    const whole = event === undefined ? { kind: 'schema', name, of: '' } : { kind: 'event', name: event, of: name };
    const entries = withoutTags(listFields(schema)).map((field) => ({
      kind: 'field',
      name: field.name,
      of: name,
      words: toFirstSentence(toWords(field.schema, schemas)),
      href: `${href}#${name}.${field.name}`,
    }));
    return [{ ...whole, words, href }, ...entries];
  });
}

/** A tag is found by the schema that it tags. */
const withoutTags = (fields: Field[]): Field[] => fields.filter(({ schema }) => !('const' in schema));

/** Merges fields and parameters with the same name and description into one entry, which leads to the first. */
function mergeTwins(entries: SearchEntry[]): SearchEntry[] {
  const groups = Map.groupBy(entries, ({ kind, name, words, href }) =>
    kind === 'field' || kind === 'parameter' ? `${kind} ${name} ${words}` : href,
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    return others.length === 0 ? [first] : [{ ...first, of: `${first.of} and ${others.length} more` }];
  });
}

function toFirstSentence(markdown: string): string {
  const [sentence = ''] = /^.*?(?:[.;](?=\s)|$)/s.exec(markdown.trim()) ?? [];
  return sentence
    .replaceAll(/\s+/g, ' ')
    .replaceAll('`', '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

/** Returns the different words of a text: the search needs neither their order nor their number. */
function toText(markdown: string): string {
  const words =
    markdown
      .toLowerCase()
      .replaceAll(/\]\([^)]*\)/g, ' ')
      .match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
  return [...new Set(words)].join(' ');
}
