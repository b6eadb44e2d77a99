import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { parse } from 'yaml';

/** A Markdown file of the repository that is a page of the site. */
export interface Document {
  /** Relative to the repository: `docs/guide/streaming.md`. */
  file: string;
  /** The path of its page below /docs/: `guide/streaming`. */
  path: string;
  title: string;
  markdown: string;
  /** Further words by which the search finds the page. */
  keywords: string[];
}

/** The documents of the site, in reading order. */
export interface Documents {
  guides: Document[];
  howTos: Document[];
  reference: Document[];
}

const root = new URL('../../', import.meta.url);
/** Documents outside docs/ that are pages too. */
const outside = ['SECURITY.md', 'CHANGELOG.md'];

/**
 * Reads the documents in the order in which the README of their folder lists them. Throws for one that is not listed.
 */
export async function readDocuments(): Promise<Documents> {
  const [guides, howTos, reference] = await Promise.all(['docs/guide', 'docs/how-to', 'docs'].map(readFolder));
  const others = await Promise.all(outside.map(readDocument));
  return { guides: guides ?? [], howTos: howTos ?? [], reference: [...(reference ?? []), ...others] };
}

async function readFolder(folder: string): Promise<Document[]> {
  const index = await readText(`${folder}/README.md`);
  const files = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name = '']) => name);
  const names = [...new Set(files)];
  for (const name of await readdir(new URL(`${folder}/`, root))) {
    if (name.endsWith('.md') && name !== 'README.md' && !names.includes(name))
      throw new Error(`${folder}/README.md does not list ${name}.`);
  }
  return Promise.all(names.map((name) => readDocument(`${folder}/${name}`)));
}

async function readDocument(file: string): Promise<Document> {
  return toDocument(file, await readText(file));
}

/** Reads the title and the front matter of a Markdown file. */
export function toDocument(file: string, text: string): Document {
  const [front = '', yaml = ''] = /^---\n([\s\S]*?)^---\n/m.exec(text) ?? [];
  const markdown = text.startsWith(front) ? text.slice(front.length) : text;
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error(`${file} has no first-level heading.`);
  const path = posix.relative('docs', file).replace(/^\.\.\//, '');
  const keywords: unknown = yaml === '' ? undefined : parse(yaml)?.keywords;
  return {
    file,
    path: path.replace(/\.md$/, '').toLowerCase(),
    title: title.replaceAll('`', ''),
    markdown,
    keywords: Array.isArray(keywords) ? keywords.map(String) : [],
  };
}

function readText(path: string): Promise<string> {
  return readFile(new URL(path, root), 'utf8');
}
