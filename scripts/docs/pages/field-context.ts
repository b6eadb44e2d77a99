import { trusted } from '../html.ts';
import type { PageLinks } from '../links.ts';
import { createMarked } from '../markdown/render-markdown.ts';
import type { Site } from '../site.ts';
import type { FieldContext } from './render-fields.ts';

/** Creates what the fields of a page need. Descriptions of the contract are Markdown. */
export function createFieldContext(links: PageLinks, { schemas }: Site, isNested: boolean): FieldContext {
  const marked = createMarked(links);
  return { schemas, links, isNested, toHtml: (markdown) => trusted(marked.parse(markdown, { async: false })) };
}
