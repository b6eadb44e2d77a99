import type { PublishedReplies, PublishedSchema } from './published.ts';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: PublishedSchema }> }>;
}

/** A parsed contract, as far as it is read. */
export interface PublishedContract {
  paths: Record<string, Partial<Record<'get' | 'post' | 'delete', Operation>>>;
  components: { schemas: Record<string, PublishedSchema> };
}

const methods = ['get', 'post', 'delete'] as const;

/** Extracts the schemas that replies reach, without what does not decide whether a reply is valid. */
export function extractReplies({ paths, components }: PublishedContract, frames: readonly string[]): PublishedReplies {
  const roots: PublishedReplies['roots'] = {};
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const content = operation.responses['200']?.content ?? {};
      if (Object.keys(content).length === 0) roots[`${method} ${path} application/json`] = null;
      for (const [mediaType, { schema }] of Object.entries(content)) {
        roots[`${method} ${path} ${mediaType}`] = strip(schema);
      }
    }
  }
  const schemas: PublishedReplies['schemas'] = {};
  const reach = (schema: PublishedSchema): void => {
    if (schema.$ref !== undefined) keep(schema.$ref.split('/').at(-1) ?? '');
    childrenOf(schema).forEach(reach);
  };
  const keep = (name: string): void => {
    const found = components.schemas[name];
    if (!found || schemas[name]) return;
    schemas[name] = strip(found);
    reach(schemas[name]);
  };
  for (const root of Object.values(roots)) if (root) reach(root);
  frames.forEach(keep);
  return { roots, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function childrenOf(schema: PublishedSchema): PublishedSchema[] {
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema;
  const nested = [items, additionalProperties].filter((child) => typeof child === 'object');
  return [...Object.values(properties), ...nested, ...anyOf, ...oneOf, ...allOf];
}

const kept = ['$ref', 'type', 'const', 'enum', 'required'] as const;

function strip(schema: PublishedSchema): PublishedSchema {
  const copy: PublishedSchema = {};
  for (const name of kept) if (schema[name] !== undefined) Object.assign(copy, { [name]: schema[name] });
  for (const name of ['anyOf', 'oneOf', 'allOf'] as const) {
    const list = schema[name];
    if (list) copy[name] = list.map(strip);
  }
  if (schema.items) copy.items = strip(schema.items);
  const { properties, additionalProperties } = schema;
  if (typeof additionalProperties === 'object') copy.additionalProperties = strip(additionalProperties);
  if (properties) {
    copy.properties = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, strip(child)]));
  }
  return copy;
}
