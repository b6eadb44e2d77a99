import { posix } from 'node:path';
import type { Module, ModuleImport } from './read-module.ts';

/** Rooms that every higher room may import. */
const free = [
  'errors',
  'ids',
  'json',
  'in-slices',
  'flow',
  'idle-timer',
  'lazy',
  'matches-glob',
  'unless-aborted',
  'config/limits',
  'tokens',
  'type run-observer',
  'type trace-context',
  'type exchange',
];
const contractTypes = [
  'type contract/types',
  'type contract/operations',
  'type contract/request-fields',
  'type contract/sent-event',
];
const interfaces = [
  'type agent/agent-client',
  'type agent/loop/journal-step',
  'type agent/loop/loop-request',
  'type agent/loop/loop-services',
  'type agent/loop/tool-session',
  'type store/store',
  'type store/approval-store',
  'type store/usage-store',
  'type store/found-page',
  'store/run-record-store',
  'store/load-store',
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
  'type store/webhook-store',
];
/** Pure rooms that the use cases share, since they never import each other. */
const shared = [
  'items',
  'tools',
  'schemas',
  'agent/usage',
  'agent/request',
  'agent/history/to-fragment',
  'agent/default-model',
  'type services',
  'type seal',
];
/** A tenant's settings and rates. `tenants/tenants` is created once and passed as a type. */
const tenantTypes = ['type tenants/tenants', 'type config/tenant-settings', 'type tenants/request-rates'];

/**
 * The allowed imports of each room. A room is a folder of `src`, or a file beside them; its own files are always open
 * to it. `x` opens a room, `x/y` one file or folder of it, `type x` its types alone.
 */
const mayImport: Record<string, string[]> = {
  main: ['cli'],
  /** The commands. Each may use the room that does its work. */
  cli: [
    'server',
    'judge',
    'record',
    'recording',
    'verify',
    'doctor',
    'workers',
    'telemetry/metrics',
    'config',
    'log',
    'contract/load-contract',
    'contract/export',
    'store/store-open-error',
    'store/back-up-store',
    ...free,
  ],
  /** The conformance kit: a client that knows the contract, but not this server. */
  verify: [
    'judge',
    'type contract/load-contract',
    'type contract/document',
    'type contract/schema',
    'type contract/types',
    'contract/violation',
    'sse/decode-sse',
    'json',
  ],
  /** The demands of the public contracts on any server, shared by those who judge others. */
  judge: [
    'contract/find-violations',
    'contract/visit-schemas',
    'contract/violation',
    'type contract/load-contract',
    'type contract/document',
    'type contract/schema',
  ],
  /** The examination of agents: it uses the agent clients, and raw requests beside them. */
  doctor: ['agent', 'schemas', 'type config', 'type log', ...free],
  /** The processes that share a port. */
  workers: ['agent/to-max-runs', 'config/config-error', 'type config', 'type log', ...free],
  index: ['server', 'config', 'log', ...free],
  /** The helper for the tests of other programs: it starts a server, and is a client of its operators' operations. */
  testing: ['server', 'config', 'log', 'type contract/types', 'json'],
  server: [
    'app',
    'close-server',
    'request-journal/request-journal',
    'http',
    'websocket',
    'seal',
    'schemas/schema-checker',
    'responses/recover-response',
    'chat/recover-chat-completion',
    'runs',
    'admin',
    'agent/agent-bounds',
    'agent/create-agents',
    'agent/mcp/mcp-servers',
    'rules/open-all-rules',
    'tenants/tenants',
    'tenants/storage-quotas',
    'tenants/token-budgets',
    'config/check-reload',
    'store/open-store',
    'contract/load-contract',
    'net/listen',
    'telemetry',
    'webhooks',
    ...fromAll('config', 'log'),
  ],
  'close-server': ['http/wind-down', 'config/limits', 'errors', 'type runs/runs'],
  app: ['http', 'contract', 'type request-journal', 'type tenants/tenants', ...fromAll('config', 'log')],
  http: [
    'chat',
    'responses',
    'admin',
    'request-journal',
    'items',
    'sse',
    'type seal',
    'config/loopback',
    'net',
    'tenants/rate-limit-error',
    'type contract',
    'contract/read-headers',
    'lazy',
    'trace-context',
    'type services',
    'type rules/open-rules',
    ...tenantTypes,
    ...fromAll('config', 'log'),
  ],
  /** The second transport. It shares access control and body limits with HTTP. */
  websocket: [
    'responses',
    'type request-journal',
    'sse/encode-sse',
    'http/access',
    'http/body',
    'net/cut-stalled',
    'trace-context',
    'tenants/rate-limit-error',
    ...tenantTypes,
    'contract/forms',
    'contract/check-value',
    'contract/validate-output',
    'type contract',
    ...fromAll('config', 'log'),
  ],
  chat: ['runs', 'type log', ...contractTypes, ...interfaces, ...shared, ...free],
  responses: ['runs', 'type log', ...contractTypes, ...interfaces, ...shared, ...free],
  /** The proxy. It checks traffic against the contract, and knows neither agents nor stores. */
  record: [
    'recording',
    'judge',
    'contract/find-reply',
    'contract/find-violations',
    'contract/violation',
    'type contract/load-contract',
    'type contract/document',
    'type contract/schema',
    'sse/decode-sse',
    'config/loopback',
    'net',
    'json',
    'errors',
  ],
  /** The file format that the recorder writes and the replay agent reads. */
  recording: ['json'],
  /** The agent that answers by rules: it plays them as the offline and the replay agent do, and watches their files. */
  rules: [
    'agent/abort',
    'agent/offline',
    'agent/replay',
    'agent/usage',
    'recording',
    'contract/check-value',
    'type contract/load-contract',
    'config/config-error',
    'type config/to-agent-config',
    'type log',
    ...contractTypes,
    ...interfaces,
    ...free,
  ],
  /** What operators see and do. */
  admin: [
    'type log',
    'runs',
    'type seal',
    'type services',
    'type config/to-agent-config',
    'store/load-store',
    ...contractTypes,
    ...interfaces,
    ...free,
  ],
  /** The latest requests of clients, for tests of their programs. */
  'request-journal': ['sse/decode-sse', 'chat/events/choice-fold', 'type store/found-page', ...contractTypes, ...free],
  /** Work that outlives a request; shared by the use cases. */
  runs: ['type log', 'type seal', ...interfaces, ...free],
  /** Metrics and traces: they watch the other rooms, which know nothing of them. */
  telemetry: [
    'runs/run-watch',
    'net/listen',
    'trace-context',
    'type http/watch-requests',
    'type runs/run-slots',
    'type runs/runs',
    'type agent/agent-client',
    'type store/store',
    'type config',
    'config/limits',
    'errors',
    'ids',
    'json',
    'lazy',
    'type run-observer',
  ],
  /** The headers of W3C Trace Context. */
  'trace-context': [],
  /** A request and its reply, as simulated agents see and disturb them. */
  exchange: [],
  /** How runs and agents report what happens. */
  'run-observer': [],
  /** The types of the long-lived parts, for all rooms that use them. */
  services: [
    'type log',
    'type rules/open-rules',
    'type runs',
    'type webhooks',
    'type seal',
    'type tenants/tenants',
    ...interfaces,
  ],
  /** Announces events to the endpoints of the configuration. */
  webhooks: ['net', 'type log', 'type runs', 'type config/webhooks', ...contractTypes, ...interfaces, ...free],
  items: [...contractTypes, ...interfaces, 'type seal', ...free],
  tools: ['json'],
  schemas: ['errors', 'json', 'lazy', 'config/limits'],
  seal: [],
  /** Recordings hold the events of the contract. */
  agent: [
    'recording',
    'tools',
    'schemas',
    'sse',
    'net',
    'runs/run-slots',
    'runs/run-deadline',
    'type contract/sent-event',
    'type config/to-agent-config',
    'type config/config',
    'type config/mcp',
    'config/request-headers',
    'config/upstream-settings',
    ...free,
  ],
  store: ['type config/config', 'type config/store-location', ...free],
  contract: ['errors', 'json', 'flow', 'lazy', 'type trace-context', 'type exchange'],
  config: ['json', 'lazy'],
  tenants: [
    'errors',
    'config/limits',
    'type config/tenant-settings',
    'config/tenant-settings',
    'config/hash-key',
    'type store/usage-store',
  ],
  sse: ['errors', 'idle-timer', 'config/limits'],
  tokens: ['config/limits'],
  log: ['type config/config'],
  net: ['config/limits'],
  'in-slices': [],
  flow: [],
  'idle-timer': [],
  lazy: [],
  'matches-glob': [],
  'unless-aborted': [],
  json: [],
  errors: ['type contract/types', 'type exchange'],
  ids: [],
};

/**
 * Folders within a room that are rooms of their own: the folders and files beside them that each may import. `*` opens
 * all files beside the folders. A folder that is not listed may import nothing.
 */
const mayImportWithin: Record<string, Record<string, string[]>> = {
  agent: {
    /** Everything an HTTP upstream needs. The wire format is injected. */
    upstream: ['*', 'history'],
    /** The wire formats: translators alone. */
    'chat-completions': ['*', 'upstream', 'request', 'history'],
    'responses-api': ['*', 'upstream', 'request'],
    /** Hermes' own API: runs that can be stopped. */
    hermes: ['*', 'upstream'],
    offline: ['*', 'usage'],
    replay: ['*', 'chat-completions', 'upstream', 'usage'],
    guards: ['*', 'usage', 'history'],
    /** The tool loop: it asks the agent, runs server-side tools and asks again. */
    loop: ['*', 'usage', 'request'],
    /** The client of MCP servers. */
    mcp: ['*', 'loop'],
    routing: ['*'],
    request: ['*'],
    usage: ['*', 'history'],
    /** The history of a conversation as text. */
    history: ['*'],
  },
  /** The operations lie beside the folders: none of these may import one. */
  chat: {
    plan: ['chat-deps'],
    events: ['chat-deps'],
    run: ['chat-deps', 'plan', 'events'],
  },
  telemetry: {
    metrics: [],
    traces: [],
  },
  responses: {
    plan: ['responses-deps'],
    events: ['responses-deps'],
    run: ['responses-deps', 'plan', 'events'],
    /** The input of `response.steer`, and the responses that apply it. */
    steer: ['responses-deps', 'events', 'run'],
  },
};

/** The rooms that may use each package, so that a change of the package is local. */
const mayUse: Record<string, string[]> = {
  express: ['app', 'http', 'type contract'],
  'swagger-ui-express': ['http'],
  compression: ['http'],
  'express-openapi-validator': ['contract'],
  ajv: ['contract'],
  'ajv-formats': ['contract'],
  undici: ['agent', 'net', 'webhooks'],
  '@modelcontextprotocol/client': ['agent'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  ws: ['websocket', 'record', 'verify'],
  'eventsource-parser': ['sse'],
  'gpt-tokenizer': ['tokens'],
  pino: ['log'],
  'prom-client': ['telemetry'],
  '@opentelemetry/api': ['telemetry'],
  '@opentelemetry/exporter-trace-otlp-proto': ['telemetry'],
  '@opentelemetry/resources': ['telemetry'],
  '@opentelemetry/sdk-trace-base': ['telemetry'],
  re2js: ['schemas', 'rules'],
  liquidjs: ['rules'],
  yaml: ['config', 'rules', 'cli'],
  'openapi-types': ['type contract'],
};

export const maxLines = 250;

function fromAll(...parts: string[]): string[] {
  return [...parts.map((part) => `type ${part}`), ...interfaces, ...free];
}

/** Lists all violations of the architecture, one sentence each. */
export function listViolations(modules: Module[]): string[] {
  return [
    ...modules.flatMap(checkModule),
    ...modules.flatMap(checkImports),
    ...listCycles(toGraph(modules), 'A cycle of imports'),
    ...listCycles(toRoomGraph(modules), 'A cycle of rooms'),
  ];
}

function checkModule({ path, lines, hasDefaultExport, usesAny, readsEnvironment }: Module): string[] {
  const found: string[] = [];
  if (lines > maxLines) found.push(`${path} has ${lines} lines.`);
  if (hasDefaultExport) found.push(`${path} has a default export.`);
  if (usesAny) found.push(`${path} uses any.`);
  if (readsEnvironment && path !== 'src/config/env.ts') found.push(`${path} reads the environment.`);
  if (!mayImport[toPart(path)]) found.push(`${path} is in a room without rules.`);
  return found;
}

function checkImports({ path, imports }: Module): string[] {
  const from = toPart(path);
  return imports.flatMap((found) => {
    const { specifier } = found;
    if (specifier.startsWith('node:')) return [];
    const target = resolve(path, specifier);
    const allowed = target === undefined ? isUsable(from, found) : isImportable(path, target, found.typeOnly);
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

function isImportable(path: string, target: string, typeOnly: boolean): boolean {
  const from = toPart(path);
  if (target.startsWith('generated/')) return from === 'contract' && typeOnly;
  const to = toPart(target);
  if (to === from) return isOpenWithin(path, target);
  const file = target.replace(/^src\//, '').replace(/\.ts$/, '');
  return (mayImport[from] ?? []).some((rule) => {
    const [, types, open] = /^(type )?(.*)$/.exec(rule) ?? [];
    return (open === to || open === file || file.startsWith(`${open}/`)) && (types === undefined || typeOnly);
  });
}

/** Whether the rules within a room allow the import of one of its files by another. */
function isOpenWithin(path: string, target: string): boolean {
  const from = toFolder(path);
  const folders = mayImportWithin[toPart(path)];
  if (!folders || from === undefined || from === toFolder(target)) return true;
  const to = toFolder(target) ?? posix.basename(target, '.ts');
  const open = folders[from] ?? [];
  return open.includes(to) || (toFolder(target) === undefined && open.includes('*'));
}

/** The folder within its room that a file lies in; `undefined` for a file beside the folders. */
function toFolder(path: string): string | undefined {
  const [, , folder, file] = path.split('/');
  return file === undefined ? undefined : folder;
}

/** Returns the path of an imported file; `undefined` for a package. */
function resolve(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

function toPart(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? path;
}

type Graph = ReadonlyMap<string, readonly string[]>;

function toGraph(modules: Module[]): Graph {
  return new Map(
    modules.map(({ path, imports }) => [path, imports.flatMap(({ specifier }) => resolve(path, specifier) ?? [])]),
  );
}

/** Maps rooms to the rooms they import. The contract's types are a separate room: they import `generated/` only. */
function toRoomGraph(modules: Module[]): Graph {
  const rooms = new Map<string, string[]>();
  for (const [path, targets] of toGraph(modules)) {
    const from = toRoom(path);
    const others = targets.filter((target) => target.startsWith('src/')).map(toRoom);
    rooms.set(
      from,
      [...new Set([...(rooms.get(from) ?? []), ...others])].filter((to) => to !== from),
    );
  }
  return rooms;
}

const toRoom = (path: string): string => (path === 'src/contract/types.ts' ? 'contract/types' : toPart(path));

/** Lists each cycle once, from its first name. Imports of types count. */
function listCycles(graph: Graph, complaint: string): string[] {
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
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return [...cycles].map((cycle) => `${complaint}: ${cycle}.`);
}
