const maxDepth = 4;
const dataKeys = new Set(['value', 'example', 'const', 'enum', 'default', 'x-transcripts']);
export async function resolveSubtree(document, path) {
    const part = find(document, path);
    const isOperation = path[0] === 'paths' && path.length === 3 && isNode(part);
    const whole = isOperation ? withParametersOf(find(document, path.slice(0, 2)), part) : part;
    return { spec: expand(document, whole, []), errors: [] };
}
function withParametersOf(item, operation) {
    const shared = isNode(item) && Array.isArray(item['parameters']) ? item['parameters'] : [];
    const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
    return { ...operation, parameters: [...shared, ...own] };
}
function find(document, path) {
    return path.reduce((node, key) => (isNode(node) ? node[key] : undefined), document);
}
function expand(document, value, trail) {
    if (Array.isArray(value))
        return value.map((each) => expand(document, each, trail));
    if (!isNode(value))
        return value;
    const reference = value['$ref'];
    if (typeof reference === 'string') {
        const isSchema = reference.startsWith('#/components/schemas/');
        if (trail.includes(reference) || (isSchema && trail.length >= maxDepth))
            return value;
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
function lookUp(document, reference) {
    const found = find(document, reference.split('/').slice(1));
    return isNode(found) ? found : {};
}
function isNode(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
