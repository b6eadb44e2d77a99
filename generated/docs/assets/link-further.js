import { element } from "./element.js";
import { guidesOf } from "./guides-of.js";
export function linkFurther(operation) {
    const guides = guidesOf[operation.operationId] ?? [];
    const schemas = listSchemas(operation);
    return [
        ...toLinks('Guides', guides.map(({ name, title }) => element('a', { href: `./guide/${name}` }, title))),
        ...toLinks('Schemas', schemas.map((name) => element('a', { href: `./schemas#${name}` }, name))),
    ];
}
function toLinks(label, links) {
    if (links.length === 0)
        return [];
    return [element('nav', { class: 'operation-links', 'aria-label': label }, `${label}: `, ...links)];
}
function listSchemas({ requestBody, responses }) {
    const text = JSON.stringify([requestBody, responses['200']]);
    const names = [...text.matchAll(/"schema":\{"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    return [...new Set(names)];
}
