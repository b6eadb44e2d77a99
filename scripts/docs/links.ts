import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Links } from './markdown/render-markdown.ts';

/**
 * The addresses of the site, as one of its pages links to them. They are relative, so that a proxy may add a prefix.
 */
export interface PageLinks extends Links {
  /** Returns the address of a page, or of a file below /docs/. */
  to(path: string, id?: string): string;
  /** Returns the address of a path of the server, such as `openapi.yaml`. */
  toServer(path: string): string;
  /** Returns the address of a schema or an operation; `undefined` if there is none. */
  toName(name: string): string | undefined;
}

/** The targets that pages can link to. */
export interface Targets {
  /** Paths of pages by the file that they render. */
  files: ReadonlyMap<string, string>;
  /** Paths of the pages of operations and schemas, by name. */
  names: ReadonlyMap<string, string>;
  /** Paths that names in the code of a text lead to, with their fragment. */
  codes: ReadonlyMap<string, string>;
}

const repository = new URL('../../', import.meta.url);

/** Creates the links of the page at a path. `file` is the document that the page renders. */
export function createLinks(path: string, targets: Targets, file = 'docs/README.md'): PageLinks {
  const root = '../'.repeat(path.split('/').length - 1);
  const to = (target: string, id?: string) => `${root}${target}${id === undefined ? '' : `#${id}`}` || './';
  const toServer = (target: string) => `../${root}${target}`;
  return {
    to,
    toServer,
    toName: (name) => optional(targets.names.get(name), to),
    names: new Map([...targets.codes].map(([name, target]) => [name, to(target)])),
    resolve(href) {
      const [relative = '', id] = href.split('#');
      const target = posix.join(posix.dirname(file), relative);
      const page = targets.files.get(target);
      // The first page stands for the READMEs, but has other headings.
      if (page !== undefined) return page === '' ? to(page) : to(page, id);
      if (target === 'openapi.yaml') return toServer(target);
      if (/^\w+:/.test(href) || !existsSync(new URL(target, repository)))
        throw new Error(`${file} links to ${href}, which doesn't exist.`);
      return undefined;
    },
  };
}

function optional<T, U>(value: T | undefined, map: (value: T) => U): U | undefined {
  return value === undefined ? undefined : map(value);
}
