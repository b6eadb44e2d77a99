/** The keywords that we read; the document itself is checked elsewhere. */
interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
}

/**
 * Where a schema stands that a generator of clients would have to invent a name for: an object, a list of values or a
 * union outside of `components.schemas`, and any member of a union. A union with `null` is the same type, optional.
 */
export function listAnonymousSchemas(document: object): string[] {
  const found: string[] = [];
  search(document, []);
  return found;

  /** Goes through everything that isn't a schema; examples may hold anything. */
  function search(value: unknown, path: string[]): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      const here = [...path, name];
      if (name === 'schemas' && path[0] === 'components')
        for (const [key, schema] of Object.entries<SchemaNode>(child)) walkParts(schema, key);
      else if (name === 'schema') walk(child, here.slice(0, -1).join(' '));
      else if (!/^(example|examples|x-.*)$/.test(name)) search(child, here);
    }
  }

  function walk(schema: SchemaNode, path: string): void {
    if (schema.$ref === undefined && isNamedByGenerators(schema)) found.push(path);
    walkParts(schema, path);
  }

  function walkParts(schema: SchemaNode, path: string): void {
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      for (const [index, member] of (schema[keyword] ?? []).entries()) {
        const here = `${path} ${keyword} ${index}`;
        if (isUnion(schema) && member.$ref === undefined && member.type !== 'null') found.push(here);
        else walk(member, here);
      }
    }
    for (const [name, child] of Object.entries(schema.properties ?? {})) walk(child, `${path}.${name}`);
    if (schema.items) walk(schema.items, `${path}[]`);
    if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${path}{}`);
  }
}

function isNamedByGenerators(schema: SchemaNode): boolean {
  return (
    isUnion(schema) ||
    schema.allOf !== undefined ||
    schema.enum !== undefined ||
    [schema.type].flat().includes('object')
  );
}

function isUnion({ anyOf = [], oneOf = [] }: SchemaNode): boolean {
  return [...anyOf, ...oneOf].filter((member) => member.type !== 'null').length > 1;
}
