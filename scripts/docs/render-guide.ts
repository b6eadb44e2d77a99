import { Marked, type Parser, type Token, type Tokens } from 'marked';
import type { Guide } from './guides.ts';
import { toName } from './guides.ts';

export interface Links {
  /** Names of pages that a guide may link to. */
  pages: ReadonlySet<string>;
  /** Addresses that names in code lead to: those of operations, on the page of the API. */
  names: ReadonlyMap<string, string>;
}

/** A part of a guide that can be linked to by its ID. */
export interface Anchor {
  id: string;
  text: string;
}

export interface RenderedGuide {
  html: string;
  /** The headings below the title. */
  sections: Anchor[];
  /** The table rows about one name, such as an error code or a setting, each with the text of its last cell. */
  rows: Anchor[];
}

/** Renders the body of a guide. Shows HTML in the Markdown as text. Throws for a link that leads nowhere. */
export function renderGuide({ markdown, name }: Guide, links: Links): RenderedGuide {
  const marked = createMarked(links, name);
  const tokens = marked.lexer(markdown);
  const ids = new Set(tokens.flatMap((token) => (token.type === 'heading' ? [toSlug(token['text'])] : [])));
  const sections: Anchor[] = [];
  const rows: Anchor[] = [];
  let heading = '';
  marked.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        heading = toText(this.parser, tokens);
        if (depth > 1) sections.push({ id: toSlug(text), text: heading });
        return false;
      },
      /** Wide tables scroll on their own, also by keyboard; the page does not. Their label is the heading above. */
      table({ header, rows: body }: Tokens.Table) {
        const head = header.map((cell) => toCell(this.parser, 'th', cell)).join('');
        const lines = body.map((cells) => toRow(this.parser, cells));
        return `<div class="wide" tabindex="0" role="region" aria-label="Table: ${escapeHtml(heading)}"><table>
<thead>
<tr>
${head}</tr>
</thead>
<tbody>${lines.join('')}</tbody></table></div>
`;
      },
    },
  });
  return { html: marked.parser(tokens), sections, rows };

  /** The first row about a name has the name as its ID. */
  function toRow(parser: Parser, cells: Tokens.TableCell[]): string {
    const html = cells.map((cell) => toCell(parser, 'td', cell)).join('');
    const id = nameOf(cells);
    if (id === undefined || ids.has(id)) return `<tr>\n${html}</tr>\n`;
    ids.add(id);
    rows.push({ id, text: toText(parser, cells.at(-1)?.tokens ?? []) });
    return `<tr id="${id}">\n${html}</tr>\n`;
  }
}

function nameOf([cell]: Tokens.TableCell[]): string | undefined {
  const [token, ...others] = cell?.tokens ?? [];
  const isName = token?.type === 'codespan' && others.length === 0 && /^[\w.]+$/.test(token['text']);
  return isName ? token['text'] : undefined;
}

const toCell = (parser: Parser, tag: 'th' | 'td', { tokens }: Tokens.TableCell): string =>
  `<${tag}>${parser.parseInline(tokens)}</${tag}>\n`;

const toText = (parser: Parser, tokens: Token[]): string => parser.parseInline(tokens, parser.textRenderer);

/** Returns a renderer of Markdown for the page named `from`. */
export function createMarked(links: Links, from: string): Marked {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${toSlug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      html({ text }: Tokens.HTML | Tokens.Tag) {
        return isComment(text) ? '' : escapeHtml(text);
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${escapeHtml(resolveLink(href, links, from))}">${this.parser.parseInline(tokens)}</a>`;
      },
      code({ text, lang }: Tokens.Code) {
        const language = /^\w*/.exec(lang ?? '')?.[0];
        return `<pre class="code" tabindex="0"><code data-language="${language}">${escapeHtml(text)}\n</code></pre>\n`;
      },
      codespan({ text }: Tokens.Codespan) {
        const address = links.names.get(text);
        const code = `<code>${escapeHtml(text)}</code>`;
        return address ? `<a href="${escapeHtml(address)}">${code}</a>` : code;
      },
    },
  });
  return marked;
}

const isComment = (text: string): boolean => /^<!--[^>]*-->\s*$/.test(text);

function resolveLink(href: string, { pages }: Links, from: string): string {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = '', fragment] = href.split('#');
  const page = toName(path);
  if (!path.endsWith('.md') || !pages.has(page)) throw new Error(`${from}.md links to ${href}, which is not a page.`);
  return fragment === undefined ? page : `${page}#${fragment}`;
}

/** Returns the anchor that GitHub gives a heading, so that links work in both places. */
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
