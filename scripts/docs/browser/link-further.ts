import { element } from './element.ts';
import type { Operation } from './swagger.ts';

/** Creates a link from an operation to its page, which has its fields, samples and recorded streams. */
export function linkFurther({ operationId }: Operation): HTMLElement {
  const attributes = { class: 'operation-links', 'aria-label': `More about ${operationId}` };
  return element('nav', attributes, element('a', { href: `./api/${operationId}` }, 'Fields, samples and errors'));
}
