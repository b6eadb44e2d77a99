import { element } from './element.ts';
import { guidesOf } from './guides-of.ts';
import type { Operation } from './swagger.ts';

/** Creates links from an operation to its guides and to the schemas of its body and reply. */
export function linkFurther(operation: Operation): HTMLElement[] {
  const guides = (guidesOf[operation.operationId] ?? []).map(({ name, title }) => toLink(`./guide/${name}`, title));
  const schemas = listSchemas(operation).map((name) => toLink(`./schemas#${name}`, name));
  return Object.entries({ Guides: guides, Schemas: schemas }).flatMap(([label, links]) => {
    const attributes = { class: 'operation-links', 'aria-label': `${label} for ${operation.operationId}` };
    return links.length === 0 ? [] : [element('nav', attributes, `${label}: `, ...links)];
  });
}

function toLink(href: string, text: string): HTMLElement {
  return element('a', { href }, text);
}

/** Lists the schemas of the body and of the successful reply. */
function listSchemas({ requestBody, responses }: Operation): string[] {
  const text = JSON.stringify([requestBody, responses['200']]);
  const names = [...text.matchAll(/"(?:x-event-)?schema":\{"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name = '']) => name,
  );
  return [...new Set(names)];
}
