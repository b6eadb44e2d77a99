/** The parts of Swagger UI's plugin system used here. */
export interface SwaggerSystem {
  React: {
    createElement(type: unknown, properties: object | null, ...children: unknown[]): unknown;
    useEffect(effect: () => (() => void) | undefined, dependencies: unknown[]): void;
    useRef<T>(value: T): { current: T };
  };
  specSelectors: { specJson(): { toJS(): Contract } };
  oas3Selectors: { requestBodyValue(path: string, method: string): unknown };
  oas3Actions: { setRequestBodyValue(change: { value: string; pathMethod: [string, string] }): void };
  authActions: { showDefinitions(shown: false): void };
}

export interface SwaggerRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  loadSpec?: boolean;
  userFetch?: (url: string, init: SwaggerRequest) => Promise<Response>;
}

export interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, object> }>;
}

export interface Parameter {
  required?: boolean;
  description?: string;
  example?: unknown;
}

export interface Contract {
  paths: Record<string, Record<string, Operation>>;
  components: { parameters: Record<string, Parameter> };
}

declare global {
  var SwaggerUIBundle: {
    (options: object): { layoutActions: { parseDeepLinkHash(hash: string): void } };
    presets: { apis: unknown };
  };
}

let patterns: { key: string; method: string; pattern: RegExp }[] = [];

/** Stores the operations for `findOperation`. Literal paths come before templates that match them. */
export function learnOperations({ paths }: Contract): void {
  patterns = Object.entries(paths)
    .sort(([a], [b]) => a.split('{').length - b.split('{').length)
    .flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({
        key: operationKey(method, path),
        method,
        pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      })),
    );
}

export function operationKey(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}

/** Returns the operation of a request as `METHOD PATH`; an empty string for other requests. */
export function findOperation({ method, url }: SwaggerRequest): string {
  const { pathname } = new URL(url, location.href);
  return patterns.find((each) => each.method === method.toLowerCase() && each.pattern.test(pathname))?.key ?? '';
}
