import { element } from './element.ts';
import { guidesOf } from './guides-of.ts';
import type { Operation } from './swagger.ts';

/** Where an operation is explained further: guides, and the schemas of what it takes and gives. */
export function linkFurther(operation: Operation): HTMLElement[] {
  const guides = guidesOf[operation.operationId] ?? [];
  const schemas = listSchemas(operation);
  return [
    ...toLinks(
      'Guides',
      guides.map(({ name, title }) => element('a', { href: `./guide/${name}` }, title)),
    ),
    ...toLinks(
      'Schemas',
      schemas.map((name) => element('a', { href: `./schemas#${name}` }, name)),
    ),
  ];
}

function toLinks(label: string, links: HTMLElement[]): HTMLElement[] {
  if (links.length === 0) return [];
  return [element('nav', { class: 'operation-links', 'aria-label': label }, `${label}: `, ...links)];
}

/** The schemas of the body and of a successful reply. */
function listSchemas({ requestBody, responses }: Operation): string[] {
  const text = JSON.stringify([requestBody, responses['200']]);
  const names = [...text.matchAll(/"schema":\{"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
  return [...new Set(names)];
}
