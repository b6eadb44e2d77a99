import { type Html, html } from '../html.ts';
import { createLinks, type PageLinks } from '../links.ts';
import type { Page, Section, SectionLink, Site } from '../site.ts';

/** Sections that are open on every page. */
const alwaysOpen: ReadonlySet<string> = new Set(['Guides', 'Responses']);

/** Further parts of a page with scripts and styles of its own. */
export interface FrameParts {
  head?: Html;
  /** Whether the content takes the whole width beside the sidebar, and has its own landmark `main`. */
  isWhole?: boolean;
}

/**
 * Renders the frame of a page: landmarks, a skip link, the sidebar, the search, the parts of the page. No inline
 * scripts.
 */
export function renderFrame(page: Page, site: Site, { head, isWhole = false }: FrameParts = {}): string {
  const links = createLinks(page.path, site.targets);
  const asset = (name: string) => links.to(site.assets.get(name) ?? '');
  const title = page.path === '' ? `${site.title} docs` : `${page.title} · ${site.title} docs`;
  return `${html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${asset('icon.svg')}">
<link rel="stylesheet" href="${asset('docs.css')}">
${head}<script src="${asset('theme.js')}"></script>
<script type="module" src="${asset('page.js')}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<button type="button" class="menu" popovertarget="side">Menu</button>
<a class="brand" href="${links.to('')}">${site.title}</a>
<div class="search" role="search">
<input id="search" type="search" role="combobox" placeholder="Search (press /)" aria-label="Search" aria-keyshortcuts="/" aria-expanded="false" aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false" data-root="${links.to('')}" data-index="${asset('search-index.json')}">
<div id="search-box"></div>
</div>
<a class="console" href="${links.toServer('console')}">Console</a>
<button type="button" id="theme">Dark</button>
</header>
<div class="${isWhole ? 'layout whole' : 'layout'}">
<nav id="side" class="side" popover aria-label="Pages">
${site.sections.map((section) => renderSection(section, page, links))}</nav>
${
  isWhole
    ? html`<div id="main" tabindex="-1">${page.main}</div>
`
    : html`<main id="main" tabindex="-1">
<article>
${page.main}</article>
${renderTurn(page, site, links)}</main>
`
}${page.headings.length > 1 && renderContents(page)}</div>
</body>
</html>
`}`;
}

function renderSection({ title, links }: Section, page: Page, to: PageLinks): Html {
  const isOpen = alwaysOpen.has(title) || links.some(({ path }) => path === page.path);
  return html`<details${isOpen && html` open`}><summary>${title}</summary>
<ul>${links.map((link) => renderLink(link, page, to))}</ul></details>
`;
}

function renderLink({ path, title, method }: SectionLink, page: Page, to: PageLinks): Html {
  const verb = method !== undefined && html`<span class="verb ${method}">${method}</span> `;
  return html`<li><a href="${to.to(path)}"${path === page.path && html` aria-current="page"`}>${verb}${title}</a></li>
`;
}

function renderContents({ headings }: Page): Html {
  return html`<nav class="contents" aria-label="On this page"><p>On this page</p>
<ul>${headings.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
`;
}

/** Links to the pages before and after, in the order of the sidebar. */
function renderTurn(page: Page, { sections }: Site, to: PageLinks): Html | undefined {
  const all = sections.flatMap(({ links }) => links);
  const position = all.findIndex(({ path }) => path === page.path);
  if (position === -1) return undefined;
  const turn = (other: SectionLink | undefined, word: string, rel: string) =>
    other && html`<a rel="${rel}" href="${to.to(other.path)}"><span>${word}</span> ${other.title}</a>`;
  return html`<nav class="turn" aria-label="Next and previous">${turn(all[position - 1], 'Previous:', 'prev')}${turn(all[position + 1], 'Next:', 'next')}</nav>
`;
}
