import type { SearchEntry } from './browser/find-entries.ts';
import { type ContractDocument, listOperations } from './contract-document.ts';
import type { Guide } from './guides.ts';
import { listFields, toEventName, toWords } from './schema.ts';

/** What a search on the pages can find, in the order in which equals are shown. */
export function toSearchIndex(document: ContractDocument, guides: { guide: Guide; html: string }[]): SearchEntry[] {
  return mergeTwins([
    ...guides.flatMap(({ guide, html }) => listPlaces(guide, html)),
    ...listOperations(document).flatMap(({ id, method, path, summary, parameters, hash }) => [
      { kind: 'operation', name: id, of: `${method.toUpperCase()} ${path}`, words: summary, href: `./${hash}` },
      ...parameters.map(({ name, description = '' }) => ({
        kind: 'parameter',
        name,
        of: id,
        words: toFirstSentence(description),
        href: `./${hash}`,
      })),
    ]),
    ...listSchemas(document),
  ]);
}

/** A guide, its sections, and the rows of its tables that have a name. */
function listPlaces({ name, title }: Guide, html: string): SearchEntry[] {
  const sections = [...html.matchAll(/<h([23]) id="([^"]+)">(.+)<\/h\1>/g)].map(([, , id, heading = '']) => ({
    kind: 'guide',
    name: toText(heading),
    of: title,
    words: '',
    href: `guide/${name}#${id}`,
  }));
  const rows = [...html.matchAll(/<tr id="([^"]+)">([\s\S]+?)<\/tr>/g)].map(([, id = '', cells = '']) => ({
    kind: name === 'errors' ? 'error' : 'setting',
    name: id,
    of: title,
    words: toFirstSentence(toText(cells.slice(cells.lastIndexOf('<td>')))),
    href: `guide/${name}#${id}`,
  }));
  return [{ kind: 'guide', name: title, of: '', words: '', href: `guide/${name}` }, ...sections, ...rows];
}

function listSchemas({ components: { schemas } }: ContractDocument): SearchEntry[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const event = toEventName(name, schema);
    const words = toFirstSentence(toWords(schema, schemas));
    const href = `schemas#${name}`;
    const whole = event === undefined ? { kind: 'schema', name, of: '' } : { kind: 'event', name: event, of: name };
    // A tag is found by what it tags.
    const fields = listFields(schema).filter((field) => !('const' in field.schema));
    const entries = fields.map((field) => ({
      kind: 'field',
      name: field.name,
      of: name,
      words: toFirstSentence(toWords(field.schema, schemas)),
      href: `${href}.${field.name}`,
    }));
    return [{ ...whole, words, href }, ...entries];
  });
}

/** Fields and parameters that say the same of themselves in many places are one entry, which leads to the first. */
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
  return sentence.replaceAll(/\s+/g, ' ').replaceAll('`', '');
}

function toText(html: string): string {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .trim();
}
