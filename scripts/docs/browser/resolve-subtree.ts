type Node = Record<string, unknown>;

/** References within references that are followed; a schema that is deeper stays a name, which leads to the page of schemas. */
const maxDepth = 4;
/** What an example holds is data: nothing in it is a reference. */
const dataKeys: ReadonlySet<string> = new Set(['value', 'example', 'const', 'enum', 'default', 'x-transcripts']);

/**
 * Puts what references lead to in their place, in one part of the contract. Swagger UI's own way takes several seconds for an
 * operation, because it goes through the whole document each time; ours takes the part that is shown.
 */
export async function resolveSubtree(document: Node, path: string[]): Promise<{ spec: unknown; errors: never[] }> {
  const part = find(document, path);
  const isOperation = path[0] === 'paths' && path.length === 3 && isNode(part);
  const whole = isOperation ? withParametersOf(find(document, path.slice(0, 2)), part) : part;
  return { spec: expand(document, whole, []), errors: [] };
}

/** The parameters of a path are those of each operation on it. */
function withParametersOf(item: unknown, operation: Node): Node {
  const shared = isNode(item) && Array.isArray(item['parameters']) ? item['parameters'] : [];
  const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
  return { ...operation, parameters: [...shared, ...own] };
}

function find(document: Node, path: string[]): unknown {
  return path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), document);
}

function expand(document: Node, value: unknown, trail: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => expand(document, each, trail));
  if (!isNode(value)) return value;
  const reference = value['$ref'];
  if (typeof reference === 'string') {
    const isSchema = reference.startsWith('#/components/schemas/');
    if (trail.includes(reference) || (isSchema && trail.length >= maxDepth)) return value;
    const { $ref: _, ...beside } = value;
    const target = { ...lookUp(document, reference), ...beside };
    return expand(document, target, isSchema ? [...trail, reference] : trail);
  }
  const entries = Object.entries(value).map(([key, child]) => [
    key,
    dataKeys.has(key) ? child : expand(document, child, trail),
  ]);
  return Object.fromEntries(entries);
}

function lookUp(document: Node, reference: string): Node {
  const found = find(document, reference.split('/').slice(1));
  return isNode(found) ? found : {};
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
