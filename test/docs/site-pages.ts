import { globSync, readFileSync } from 'node:fs';

/** A page or a file of the built docs. */
export interface SitePage {
  html: string;
  /** The addresses of `href` and `src`, relative to the page. */
  links: string[];
  ids: ReadonlySet<string>;
  /** IDs that are there more than once. */
  twins: string[];
}

const folder = new URL('../../generated/docs/', import.meta.url);

/** Reads the built docs. Keys are paths below /docs/, without `.html`; that of the first page is empty. */
export function readSitePages(): Map<string, SitePage> {
  const files = globSync('**/*.*', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
  return new Map(
    files.map((file) => {
      const path = file.replace(/(^index)?\.html$/, '');
      return [path, file.endsWith('.html') ? toPage(readFileSync(new URL(file, folder), 'utf8')) : otherFile];
    }),
  );
}

const otherFile: SitePage = { html: '', links: [], ids: new Set(), twins: [] };

function toPage(html: string): SitePage {
  const ids = [...html.matchAll(/<[^>]* id="([^"]+)"/g)].map(([, id = '']) => decode(id));
  const links = [...html.matchAll(/<[^>]* (?:href|src)="([^"]*)"/g)].map(([, link = '']) => decode(link));
  return {
    html,
    links: links.filter((link) => !/^https?:/.test(link)),
    ids: new Set(ids),
    twins: ids.filter((id, index) => ids.indexOf(id) !== index),
  };
}

const decode = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
