let patterns = [];
export function learnOperations({ paths }) {
    patterns = Object.entries(paths)
        .sort(([a], [b]) => a.split('{').length - b.split('{').length)
        .flatMap(([path, item]) => Object.keys(item).map((method) => ({
        key: operationKey(method, path),
        method,
        pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    })));
}
export function operationKey(method, path) {
    return `${method.toUpperCase()} ${path}`;
}
export function findOperation({ method, url }) {
    const { pathname } = new URL(url, location.href);
    return patterns.find((each) => each.method === method.toLowerCase() && each.pattern.test(pathname))?.key ?? '';
}
