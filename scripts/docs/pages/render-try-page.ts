import { readFileSync } from 'node:fs';
import { html } from '../html.ts';
import { createLinks } from '../links.ts';
import type { Site } from '../site.ts';
import { renderFrame } from './render-frame.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../../node_modules/swagger-ui-dist/package.json', import.meta.url), 'utf8'),
);

/** Renders the page that tries operations with Swagger UI, whose files the server adds. */
export function renderTryPage(site: Site): string {
  const links = createLinks('try', site.targets);
  const asset = (name: string) => links.to(site.assets.get(name) ?? '');
  const main = html`<section class="intro" aria-label="About this page">
<h1>Try the API</h1>
<p>Requests go to this server. If it has keys, set yours with <b>Authorize</b> first. Each operation links to its page.</p>
<h2>Operations</h2>
</section>
<div id="swagger-ui"><p>Loading Swagger UI …</p></div>
<noscript><p>This page requires JavaScript. The other pages don't. The contract is at <a href="${links.toServer('openapi.yaml')}">/openapi.yaml</a>.</p></noscript>
<script src="swagger-ui/swagger-ui-bundle.js?v=${version}"></script>
<script type="module" src="${asset('try.js')}"></script>
`;
  const head = html`<link rel="stylesheet" href="swagger-ui/swagger-ui.css?v=${version}">
<link rel="stylesheet" href="${asset('try.css')}">
`;
  return renderFrame({ path: 'try', title: 'Try the API', main, headings: [] }, site, { head, isWhole: true });
}
