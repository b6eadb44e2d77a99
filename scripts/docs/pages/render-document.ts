import type { Document } from '../documents.ts';
import { html, trusted } from '../html.ts';
import { createLinks } from '../links.ts';
import { type RenderedMarkdown, renderMarkdown } from '../markdown/render-markdown.ts';
import type { Page, Site } from '../site.ts';

/** Renders the page of a Markdown document, and returns its parts for the search. */
export function renderDocument(document: Document, { targets }: Site): { page: Page; rendered: RenderedMarkdown } {
  const { path, title, file, markdown } = document;
  const rendered = renderMarkdown(markdown, createLinks(path, targets, file));
  const main = html`${trusted(rendered.html)}`;
  return { page: { path, title, main, headings: rendered.headings.filter(({ depth }) => depth === 2) }, rendered };
}
