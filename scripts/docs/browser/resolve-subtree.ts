type Node = Record<string, unknown>;

/** The maximum depth of resolved references. Deeper schemas remain links to the schemas page. */
const maxDepth = 4;
/** Keys whose values are data and contain no references. */
const dataKeys: ReadonlySet<string> = new Set(['value', 'example', 'const', 'enum', 'default', 'x-request']);

/**
 * Resolves the references in one part of the contract. Swagger UI's own resolver takes several seconds per operation,
 * because it visits the whole document each time.
 */
export async function resolveSubtree(document: Node, path: string[]): Promise<{ spec: unknown; errors: never[] }> {
  const part = find(document, path);
  const isOperation = path[0] === 'paths' && path.length === 3 && isNode(part);
  const whole = isOperation ? withParametersOf(find(document, path.slice(0, 2)), part) : part;
  return { spec: expand(document, whole, []), errors: [] };
}

/** Returns the operation with the parameters shared by its path. */
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
