import { element } from "./element.js";
import { guidesOf } from "./guides-of.js";
export function linkFurther(operation) {
    const guides = (guidesOf[operation.operationId] ?? []).map(({ name, title }) => toLink(`./guide/${name}`, title));
    const schemas = listSchemas(operation).map((name) => toLink(`./schemas#${name}`, name));
    return Object.entries({ Guides: guides, Schemas: schemas }).flatMap(([label, links]) => {
        const attributes = { class: 'operation-links', 'aria-label': `${label} for ${operation.operationId}` };
        return links.length === 0 ? [] : [element('nav', attributes, `${label}: `, ...links)];
    });
}
function toLink(href, text) {
    return element('a', { href }, text);
}
function listSchemas({ requestBody, responses }) {
    const text = JSON.stringify([requestBody, responses['200']]);
    const names = [...text.matchAll(/"schema":\{"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    return [...new Set(names)];
}
