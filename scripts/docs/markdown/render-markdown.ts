import { Marked, type Parser, type Token, type Tokens } from 'marked';
import { escapeHtml } from '../html.ts';
import { type Code, renderCode, renderTabs } from './code-block.ts';

export interface Links {
  /** Returns the address of a relative link; `undefined` for a file that is no page. Throws if nothing is there. */
  resolve(href: string): string | undefined;
  /** Addresses that names in code lead to, such as those of operations. */
  names: ReadonlyMap<string, string>;
}

/** A part of a page that can be linked to by its ID. */
export interface Anchor {
  id: string;
  text: string;
}

export interface Heading extends Anchor {
  depth: number;
  /** The text below the heading, for the search. */
  body: string;
}

export interface RenderedMarkdown {
  html: string;
  /** The headings below the title. */
  headings: Heading[];
  /** The table rows about one name, such as an error code or a setting, each with the text of its last cell. */
  rows: Anchor[];
}

/** Renders a document. Shows HTML in the Markdown as text. Throws for a link that leads nowhere. */
export function renderMarkdown(markdown: string, links: Links): RenderedMarkdown {
  const marked = createMarked(links);
  const tokens = groupCodes(marked.lexer(markdown));
  const headings = listHeadings(tokens, marked);
  const ids = new Set(headings.map(({ id }) => id));
  const rows: Anchor[] = [];
  let current = -1;
  marked.use({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        current += 1;
        return `<h${depth} id="${headings[current]?.id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      /** Wide tables scroll on their own, also by keyboard; the page does not. Their label is the heading above. */
      table({ header, rows: body }: Tokens.Table) {
        const head = header.map((cell) => toCell(this.parser, 'th', cell)).join('');
        const lines = body.map((cells) => toRow(this.parser, cells));
        const label = escapeHtml(headings[current]?.text ?? '');
        return `<div class="wide" tabindex="0" role="region" aria-label="Table: ${label}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${lines.join('')}</tbody></table></div>
`;
      },
    },
  });
  return { html: marked.parser(tokens), headings: headings.filter(({ depth }) => depth > 1), rows };

  /** The first row about a name has the name as its ID. */
  function toRow(parser: Parser, cells: Tokens.TableCell[]): string {
    const html = cells.map((cell) => toCell(parser, 'td', cell)).join('');
    const id = nameOf(cells);
    if (id === undefined || ids.has(id)) return `<tr>${html}</tr>\n`;
    ids.add(id);
    rows.push({ id, text: toText(parser, cells.at(-1)?.tokens ?? []) });
    return `<tr id="${id}">${html}</tr>\n`;
  }
}

/** Renders descriptions of the contract, which have no headings to link to. */
export function createMarked({ resolve, names }: Links): Marked {
  const marked = new Marked({ gfm: true });
  marked.use({
    extensions: [{ name: 'tabs', renderer: (token) => `${renderTabs(token['codes'], 'Example')}` }],
    renderer: {
      html({ text }: Tokens.HTML | Tokens.Tag) {
        // Anchors are the only HTML that documents need: GitHub has no other for a row of a table.
        return isComment(text) || text === '</a>' ? '' : isAnchor(text) ? `${text}</a>` : escapeHtml(text);
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const address = /^(https?:|#)/.test(href) ? href : resolve(href);
        return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      code: (token: Tokens.Code) => `${renderCode(toCode(token))}`,
      codespan({ text }: Tokens.Codespan) {
        const address = names.get(text);
        const code = `<code>${escapeHtml(text)}</code>`;
        return address ? `<a href="${escapeHtml(address)}">${code}</a>` : code;
      },
    },
  });
  return marked;
}

/** Returns the anchor that GitHub gives a heading, so that links work in both places. */
export function toSlug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Languages in which documents show the same example. */
const alternatives: ReadonlySet<string> = new Set(['sh', 'curl', 'python', 'js', 'ts', 'go']);

/** Joins blocks of code that follow each other in different languages: they show one example. */
function groupCodes(tokens: Token[]): Token[] {
  const grouped: Token[] = [];
  let run: Tokens.Code[] = [];
  const flush = () => {
    if (run.length > 1) grouped.push({ type: 'tabs', raw: '', codes: run.map(toCode) });
    else grouped.push(...run);
    run = [];
  };
  for (const token of tokens) {
    const language = isCode(token) ? toCode(token).language : undefined;
    if (token.type === 'space' && run.length > 0) continue;
    if (language === undefined || !alternatives.has(language)) flush();
    else if (run.some((code) => toCode(code).language === language)) flush();
    if (isCode(token) && language !== undefined && alternatives.has(language)) run.push(token);
    else grouped.push(token);
  }
  flush();
  return grouped;
}

const isCode = (token: Token): token is Tokens.Code => token.type === 'code';

function toCode({ text, lang }: Tokens.Code): Code {
  return { language: /^\w*/.exec(lang ?? '')?.[0] ?? '', text };
}

/** Lists the headings. Repeated ones are numbered, as on GitHub. */
function listHeadings(tokens: Token[], marked: Marked): Heading[] {
  const seen = new Map<string, number>();
  const headings: Heading[] = [];
  for (const token of tokens) {
    if (token.type !== 'heading') {
      const last = headings.at(-1);
      if (last && token.type !== 'code' && token.type !== 'tabs') last.body += `${token.raw} `;
      continue;
    }
    const { text, depth, tokens: inline = [] } = token as Tokens.Heading; // Marked's own type is open.
    const slug = toSlug(text);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    const plain = new marked.Parser();
    headings.push({
      id: count === 0 ? slug : `${slug}-${count}`,
      text: toText(plain, inline),
      depth,
      body: '',
    });
  }
  return headings;
}

function nameOf([cell]: Tokens.TableCell[]): string | undefined {
  const [token, ...others] = cell?.tokens ?? [];
  const isName = token?.type === 'codespan' && others.length === 0 && /^[\w.]+$/.test(token['text']);
  return isName ? token['text'] : undefined;
}

const toCell = (parser: Parser, tag: 'th' | 'td', { tokens }: Tokens.TableCell): string =>
  `<${tag}>${parser.parseInline(tokens)}</${tag}>`;

const toText = (parser: Parser, tokens: Token[]): string => parser.parseInline(tokens, parser.textRenderer);

const isAnchor = (text: string): boolean => /^<a id="[\w.-]+">$/.test(text);

const isComment = (text: string): boolean => /^<!--[^>]*-->\s*$/.test(text);
