import type { SearchEntry } from './browser/find-entries.ts';
import { type ContractDocument, listOperations } from './contract-document.ts';
import type { Guide } from './guides.ts';
import type { RenderedGuide } from './render-guide.ts';
import { listFields, toEventName, toWords } from './schema.ts';

/** Returns everything the search can find, in the order in which equal matches are shown. */
export function toSearchIndex(
  document: ContractDocument,
  guides: { guide: Guide; rendered: RenderedGuide }[],
): SearchEntry[] {
  return mergeTwins([
    ...guides.flatMap(({ guide, rendered }) => listAnchors(guide, rendered)),
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

function listAnchors({ name, title }: Guide, { sections, rows }: RenderedGuide): SearchEntry[] {
  const href = `guide/${name}`;
  const kind = name === 'errors' ? 'error' : 'setting';
  return [
    { kind: 'guide', name: title, of: '', words: '', href },
    ...sections.map(({ id, text }) => ({ kind: 'guide', name: text, of: title, words: '', href: `${href}#${id}` })),
    ...rows.map(({ id, text }) => ({
      kind,
      name: id,
      of: title,
      words: toFirstSentence(text),
      href: `${href}#${id}`,
    })),
  ];
}

function listSchemas({ components: { schemas } }: ContractDocument): SearchEntry[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const event = toEventName(name, schema);
    const words = toFirstSentence(toWords(schema, schemas));
    const href = `schemas#${name}`;
    const whole = event === undefined ? { kind: 'schema', name, of: '' } : { kind: 'event', name: event, of: name };
    // A tag is found by the schema that it tags.
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
  return sentence.replaceAll(/\s+/g, ' ').replaceAll('`', '');
}
