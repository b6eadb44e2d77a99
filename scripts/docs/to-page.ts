import type { Guide } from './guides.ts';
import { escapeHtml } from './render-guide.ts';

interface Page {
  title: string;
  /** The relative URL of /docs/: `./` or `../`. */
  root: string;
  head?: string;
  main: string;
  current: 'api' | 'guide' | 'schemas';
}

/** Renders the frame of every page: landmarks, a skip link, the search and the colour switch. No inline scripts. */
function toPage({ title, root, head = '', main, current }: Page): string {
  const link = (href: string, label: string, name: Page['current']) =>
    `<a href="${root}${href}"${name === current ? ' aria-current="true"' : ''}>${label}</a>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/png" href="${root}favicon-32x32.png" sizes="32x32">
${head}<link rel="stylesheet" href="${root}assets/docs.css">
<script src="${root}assets/theme.js"></script>
<script type="module" src="${root}assets/search.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="${root}">Talaria</a>
<nav aria-label="Documents">${link('guide/getting-started', 'Guides', 'guide')}${link('', 'API', 'api')}${link('schemas', 'Schemas', 'schemas')}<a href="${root}../console">Console</a></nav>
<div class="search" role="search">
<input id="search" type="search" role="combobox" placeholder="Search (press /)" aria-label="Search" aria-keyshortcuts="/" aria-expanded="false" aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false">
<div id="search-box"></div>
</div>
<button type="button" id="theme">Dark</button>
</header>
${main}
</body>
</html>
`;
}

/** Renders the API page with Swagger UI, which creates the landmark `main`. */
export function toApiPage(guides: Guide[], title: string): string {
  const items = guides.map((guide) => `<li><a href="./guide/${guide.name}">${escapeHtml(guide.title)}</a></li>`);
  return toPage({
    title: `${title} API`,
    root: './',
    current: 'api',
    head: '<link rel="stylesheet" href="./swagger-ui.css">\n',
    main: `<nav class="guide-list" aria-label="Guides"><ul>${items.join('')}</ul></nav>
<div id="main" tabindex="-1"><div id="swagger-ui"></div>
<noscript><p>This page requires JavaScript. The guides and the <a href="./schemas">schemas</a> don't. The contract is at <a href="/openapi.yaml">/openapi.yaml</a>.</p></noscript>
</div>
<script src="./swagger-ui-bundle.js"></script>
<script type="module" src="./assets/start.js"></script>`,
  });
}

/** Renders the schemas page around the HTML of `renderSchemas`. */
export function toSchemasPage(body: string, title: string): string {
  const main = `<main id="main" tabindex="-1"><article class="schemas">\n${body}</article></main>`;
  return toPage({ title: `${title} schemas`, root: './', current: 'schemas', main });
}

/** Renders a guide's page around the HTML of the guide, with links to its neighbours. */
export function toGuidePage(guide: Guide, guides: Guide[], body: string): string {
  const position = guides.indexOf(guide);
  const item = (each: Guide) =>
    `<li><a href="./${each.name}"${each === guide ? ' aria-current="page"' : ''}>${escapeHtml(each.title)}</a></li>`;
  const turn = (other: Guide | undefined, word: string, rel: string) =>
    other ? `<a rel="${rel}" href="./${other.name}"><span>${word}</span> ${escapeHtml(other.title)}</a>` : '';
  return toPage({
    title: `${guide.title} · Talaria`,
    root: '../',
    current: 'guide',
    main: `<div class="guide">
<nav class="side" aria-label="Guides"><ul>${guides.map(item).join('')}</ul></nav>
<main id="main" tabindex="-1"><article>
${body}</article>
<nav class="turn" aria-label="Next and previous">${turn(guides[position - 1], 'Previous:', 'prev')}${turn(guides[position + 1], 'Next:', 'next')}</nav>
</main>
</div>`,
  });
}
