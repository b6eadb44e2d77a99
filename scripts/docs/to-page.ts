import type { Guide } from './guides.ts';
import { escapeHtml } from './render-guide.ts';

interface Page {
  title: string;
  /** The way to /docs/ from here: `./` or `../`. */
  root: string;
  head?: string;
  main: string;
  current: 'api' | 'guide' | 'schemas';
}

/** What all pages have around them: landmarks, the way past them, and the choice of colours. No inline script. */
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
<nav aria-label="Documents">${link('guide/getting-started', 'Guides', 'guide')}${link('', 'API', 'api')}${link('schemas', 'Schemas', 'schemas')}</nav>
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

/** The page that shows the contract and tries it out: Swagger UI, which brings the landmark `main`, with our parts. */
export function toApiPage(guides: Guide[], title: string): string {
  const items = guides.map((guide) => `<li><a href="./guide/${guide.name}">${escapeHtml(guide.title)}</a></li>`);
  return toPage({
    title: `${title}: the API`,
    root: './',
    current: 'api',
    head: '<link rel="stylesheet" href="./swagger-ui.css">\n',
    main: `<nav class="guide-list" aria-label="Guides"><ul>${items.join('')}</ul></nav>
<div id="main" tabindex="-1"><div id="swagger-ui"></div>
<noscript><p>This page needs JavaScript. The guides and the <a href="./schemas">schemas</a> don't; the contract itself is at <a href="/openapi.yaml">/openapi.yaml</a>.</p></noscript>
</div>
<script src="./swagger-ui-bundle.js"></script>
<script type="module" src="./assets/start.js"></script>`,
  });
}

/** Every schema with its fields: `body` is what `renderSchemas` gives. */
export function toSchemasPage(body: string, title: string): string {
  const main = `<main id="main" tabindex="-1"><article class="schemas">\n${body}</article></main>`;
  return toPage({ title: `${title}: the schemas`, root: './', current: 'schemas', main });
}

export function toGuidePage(guide: Guide, guides: Guide[], body: string): string {
  const position = guides.indexOf(guide);
  const item = (each: Guide) =>
    `<li><a href="./${each.name}"${each === guide ? ' aria-current="page"' : ''}>${escapeHtml(each.title)}</a></li>`;
  const turn = (other: Guide | undefined, word: string, rel: string) =>
    other ? `<a rel="${rel}" href="./${other.name}"><span>${word}</span> ${escapeHtml(other.title)}</a>` : '';
  return toPage({
    title: `${guide.title}: Talaria`,
    root: '../',
    current: 'guide',
    main: `<div class="guide">
<nav class="side" aria-label="Guides"><ul>${guides.map(item).join('')}</ul></nav>
<main id="main" tabindex="-1"><article>
${body}</article>
<nav class="turn" aria-label="Next and previous">${turn(guides[position - 1], 'Before:', 'prev')}${turn(guides[position + 1], 'Next:', 'next')}</nav>
</main>
</div>`,
  });
}
