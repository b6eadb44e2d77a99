import { posix } from 'node:path';
import type { Module, ModuleImport } from './read-module.ts';

/** Open to everyone but the parts that stand below them. */
const free = ['errors', 'ids', 'drop-absent', 'in-slices', 'is-object', 'try-parse-json', 'config/limits', 'tokens'];
const contractTypes = ['type contract/types', 'type contract/operations'];
const interfaces = [
  'type agent/agent-client',
  'type store/store',
  'type store/stored-item',
  'type store/page',
  'store/to-page',
  'type store/history-bounds',
  'type store/response-store',
  'type store/conversation-store',
  'type store/chat-completion-store',
  'type store/run-store',
  'type store/lease-store',
  'type store/idempotency-store',
];
/** Pure pieces that the use cases share, since they never import each other. */
const shared = ['items', 'tools', 'schemas', 'type seal'];
/** What a tenant may do, and its own word for it; `tenants/tenants` is made once, and handed on as a type. */
const tenantTypes = ['type tenants/tenants', 'type tenants/tenant-settings', 'type tenants/request-rates'];

/**
 * Who may import whom. A part is a folder of `src`, or a file beside them; its own files are always open to it. `x/y`
 * opens one file of a part, `type x` its types alone.
 */
const mayImport: Record<string, string[]> = {
  main: ['cli'],
  /** The words of the command line: each may use the part that does its work. */
  cli: [
    'server',
    'record',
    'verify',
    'config',
    'log',
    'describe-start-error',
    'contract/load-contract',
    'tenants/hash-key',
    'tenants/tenant-settings',
    ...free,
  ],
  /** The kit: a client that knows the contract, and nothing of how this server works. */
  verify: [
    'contract/check-value',
    'type contract/load-contract',
    'type contract/prepare-document',
    'type contract/types',
    'sse/decode-sse',
    'errors/api-error',
    'is-object',
    'try-parse-json',
    'config/limits',
  ],
  index: ['server', 'config', 'log', ...free],
  server: [
    'app',
    'http',
    'websocket',
    'seal',
    'schemas/schema-checker',
    'responses/recover-response',
    'chat/recover-chat-completion',
    'runs',
    'agent/agent-bounds',
    'agent/create-agents',
    'tenants/tenants',
    'tenants/storage-quotas',
    'config/check-reload',
    'store/open-store',
    'contract/load-contract',
    'listen',
    ...fromAll('config', 'log'),
  ],
  app: ['http', 'contract', 'type tenants/tenants', ...fromAll('config', 'log')],
  http: [
    'chat',
    'responses',
    'conversations',
    'items',
    'sse',
    'type seal',
    'config/loopback',
    'content-decoders',
    'cut-stalled',
    'tenants/rate-limit-error',
    'type contract',
    'contract/read-headers',
    'type runs',
    ...tenantTypes,
    ...fromAll('config', 'log'),
  ],
  /** The other transport: it shares with the first who may come in. */
  websocket: [
    'responses',
    'http/check-host',
    'http/check-key',
    'http/is-allowed-origin',
    'http/parse-json',
    'type http/json-scanner',
    'http/body-places',
    'http/refuse-upgrade',
    'cut-stalled',
    'tenants/rate-limit-error',
    ...tenantTypes,
    'contract/check-value',
    'contract/validate-output',
    'type contract',
    ...fromAll('config', 'log'),
  ],
  chat: ['runs', 'type log', ...contractTypes, ...interfaces, ...shared, ...free],
  responses: ['runs', 'type log', ...contractTypes, ...interfaces, ...shared, ...free],
  /** The proxy: it looks at what passes by the contract alone, and knows neither agents nor stores. */
  record: [
    'contract/check-value',
    'type contract/load-contract',
    'type contract/prepare-document',
    'type contract/schema',
    'sse/decode-sse',
    'config/loopback',
    'content-decoders',
    'listen',
    'is-object',
    'try-parse-json',
    'errors',
    'config/limits',
  ],
  conversations: [...contractTypes, ...interfaces, ...shared, ...free],
  /** How work goes on beyond a request; shared by the use cases. */
  runs: ['type log', ...interfaces, ...free],
  items: [...contractTypes, ...interfaces, 'type seal', ...free],
  tools: ['drop-absent', 'is-object', 'try-parse-json', 'type agent/agent-client'],
  schemas: ['errors', 'is-object', 'config/limits'],
  seal: [],
  agent: [
    'record/read-recording',
    'record/recording',
    'tools/custom-tool',
    'tools/flat-name',
    'schemas',
    'sse',
    'type config/to-agent-config',
    'type config/config',
    ...free,
  ],
  store: ['type config/config', ...free],
  contract: ['errors', 'is-object'],
  config: ['type store/store-location', 'type tenants/tenant-settings', 'tenants/tenant-settings', 'tenants/hash-key'],
  tenants: ['errors', 'config/limits'],
  sse: ['errors', 'config/limits'],
  tokens: ['config/limits', 'type agent/agent-client'],
  log: ['type config/config'],
  listen: ['config/limits'],
  'content-decoders': [],
  'cut-stalled': [],
  'describe-start-error': ['errors'],
  errors: ['type contract/types'],
  ids: [],
  'drop-absent': [],
  'in-slices': [],
  'is-object': [],
  'try-parse-json': [],
};

/** Packages that one part keeps to itself, so that it alone changes when they do. */
const mayUse: Record<string, string[]> = {
  express: ['app', 'http', 'type contract'],
  'swagger-ui-express': ['http'],
  'express-openapi-validator': ['contract'],
  ajv: ['contract'],
  'ajv-formats': ['contract'],
  undici: ['agent'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  ws: ['websocket', 'record', 'verify'],
  'eventsource-parser': ['sse'],
  'gpt-tokenizer': ['tokens'],
  pino: ['log'],
  re2js: ['schemas'],
  yaml: ['config'],
};

export const maxLines = 250;

function fromAll(...parts: string[]): string[] {
  return [...parts.map((part) => `type ${part}`), ...interfaces, ...free];
}

/** Everything that breaks the architecture, one sentence each. */
export function listViolations(modules: Module[]): string[] {
  return [...modules.flatMap(checkModule), ...modules.flatMap(checkImports), ...listCycles(modules)];
}

function checkModule({ path, lines, hasDefaultExport, usesAny, readsEnvironment }: Module): string[] {
  const found: string[] = [];
  if (lines > maxLines) found.push(`${path} has ${lines} lines.`);
  if (hasDefaultExport) found.push(`${path} has a default export.`);
  if (usesAny) found.push(`${path} says any.`);
  if (readsEnvironment && path !== 'src/config/env.ts') found.push(`${path} reads the environment.`);
  if (!mayImport[toPart(path)]) found.push(`${path} belongs to no part that the rules know.`);
  return found;
}

function checkImports({ path, imports }: Module): string[] {
  const from = toPart(path);
  return imports.flatMap((found) => {
    const { specifier } = found;
    if (specifier.startsWith('node:')) return [];
    const target = resolve(path, specifier);
    const allowed = target === undefined ? isUsable(from, found) : isImportable(from, target, found.typeOnly);
    return allowed ? [] : [`${path} may not import ${found.typeOnly ? 'types of ' : ''}${specifier}.`];
  });
}

function isUsable(from: string, { specifier, typeOnly }: ModuleImport): boolean {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return (mayUse[name] ?? []).some((part) => part === from || (typeOnly && part === `type ${from}`));
}

function isImportable(from: string, target: string, typeOnly: boolean): boolean {
  if (target.startsWith('generated/')) return from === 'contract' && typeOnly;
  const to = toPart(target);
  if (to === from) return true;
  const file = target.replace(/^src\//, '').replace(/\.ts$/, '');
  return (mayImport[from] ?? []).some((rule) => {
    const [, types, open] = /^(type )?(.*)$/.exec(rule) ?? [];
    return (open === to || open === file) && (types === undefined || typeOnly);
  });
}

/** The path of a file of ours; `undefined` for a package. */
function resolve(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

function toPart(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? path;
}

/** Each cycle once, from the file that comes first in it. Types count: files that need each other are one file. */
function listCycles(modules: Module[]): string[] {
  const targets = new Map(
    modules.map(({ path, imports }) => [path, imports.flatMap(({ specifier }) => resolve(path, specifier) ?? [])]),
  );
  const cycles = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = trail.slice(start);
      const first = cycle.indexOf(cycle.toSorted()[0] ?? path);
      cycles.add([...cycle.slice(first), ...cycle.slice(0, first)].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) walk(path, []);
  return [...cycles].map((cycle) => `A cycle of imports: ${cycle}.`);
}
