import { html, trusted } from '../html.ts';
import { createLinks } from '../links.ts';
import { renderTabs } from '../markdown/code-block.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Page, Site } from '../site.ts';

/** Renders the first page: a first request, all pages by section, and the introduction of the contract. */
export function renderHome({ document, sections, samples, targets }: Site): Page {
  const links = createLinks('', targets);
  const { info } = document;
  const introduction = renderMarkdown(info.description ?? '', links);
  const shown = sections.filter(({ title }) => title !== 'Start');
  return {
    path: '',
    title: info.title,
    main: html`<h1>${info.title}</h1>
<p class="lead">${info.summary}</p>
${renderTabs(samples.get('createResponse') ?? [], 'First request')}
<p><a class="button" href="${links.to('guide/getting-started')}">Getting started</a> <a class="button" href="${links.to('try')}">Try the API</a></p>
${trusted(introduction.html)}
<h2 id="pages">All pages</h2>
${shown.map(
  ({ title, links: pages }) => html`<h3>${title}</h3>
<ul class="names">${pages.map((page) => html`<li><a href="${links.to(page.path)}">${page.title}</a></li>`)}</ul>
`,
)}<p>The contract itself: <a href="${links.toServer('openapi.yaml')}">openapi.yaml</a>, <a href="${links.toServer('openapi.json')}">openapi.json</a>.</p>
`,
    headings: [...introduction.headings.filter(({ depth }) => depth === 2), { id: 'pages', text: 'All pages' }],
  };
}
