import { Marked, type Tokens } from 'marked';
import type { Guide } from './guides.ts';
import { toName } from './guides.ts';

export interface Links {
  /** Names of pages that a guide may link to. */
  pages: ReadonlySet<string>;
  /** Addresses of operations on the page of the API, by operationId. */
  operations: ReadonlyMap<string, string>;
}

/** The body of a guide as HTML. Markup in the Markdown is shown as text; a link that leads nowhere is an error. */
export function renderGuide({ markdown, name }: Guide, links: Links): string {
  const html = createMarked(links, name).parse(markdown, { async: false });
  return wrapTables(nameRows(html));
}

/** Wide tables scroll by themselves, by keyboard too; the page does not. Each is called after what it stands under. */
function wrapTables(html: string): string {
  let heading = '';
  return html
    .replaceAll(/<h\d id="[^"]*">(.*?)<\/h\d>|<table>/g, (found, title?: string) => {
      if (title !== undefined) heading = title.replaceAll(/<[^>]+>/g, '');
      const open = `<div class="wide" tabindex="0" role="region" aria-label="Table: ${heading}"><table>`;
      return title === undefined ? open : found;
    })
    .replaceAll('</table>', '</table></div>');
}

/** `from` is the name of the page. */
export function createMarked(links: Links, from: string): Marked {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${toSlug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      html({ text }: Tokens.HTML | Tokens.Tag) {
        return escapeHtml(text);
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${escapeHtml(resolveLink(href, links, from))}">${this.parser.parseInline(tokens)}</a>`;
      },
      code({ text, lang }: Tokens.Code) {
        const language = /^\w*/.exec(lang ?? '')?.[0];
        return `<pre class="code" tabindex="0"><code data-language="${language}">${escapeHtml(text)}\n</code></pre>\n`;
      },
      codespan({ text }: Tokens.Codespan) {
        const operation = links.operations.get(text);
        const code = `<code>${escapeHtml(text)}</code>`;
        return operation ? `<a href="${escapeHtml(operation)}">${code}</a>` : code;
      },
    },
  });
  return marked;
}

/** A row that is about one name, such as an error code or a setting, can be linked to by it: the first of each. */
function nameRows(html: string): string {
  const seen = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  return html.replaceAll(/<tr>(?=\n<td><code>([\w.]+)<\/code><\/td>)/g, (row, name: string) => {
    if (seen.has(name)) return row;
    seen.add(name);
    return `<tr id="${name}">`;
  });
}

function resolveLink(href: string, { pages }: Links, from: string): string {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = '', fragment] = href.split('#');
  const page = toName(path);
  if (!path.endsWith('.md') || !pages.has(page)) throw new Error(`${from}.md links to ${href}, which is no page.`);
  return fragment === undefined ? page : `${page}#${fragment}`;
}

/** As GitHub makes them, so that a link works in both places. */
export function toSlug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
