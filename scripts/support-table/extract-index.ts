import type { ContractIndex, IndexedOperation, Source } from './contract-index.ts';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  items?: Schema;
  const?: string;
  enum?: (string | null)[];
}

interface Parameter {
  $ref?: string;
  in?: string;
  name?: string;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

/** A parsed contract, as far as it is read. */
export interface Contract {
  paths: Record<string, Partial<Record<IndexedOperation['method'], Operation>> & { parameters?: Parameter[] }>;
  components: object;
}

const methods = ['get', 'put', 'post', 'delete'] as const;
/** The schemas of each contract. Open Responses has separate ones for requests and replies. */
const roots = {
  OpenAI: { inputItems: 'InputItem', outputItems: 'OutputItem', tools: 'Tool', toolChoices: 'ToolChoiceParam' },
  'Open Responses': {
    inputItems: 'ItemParam',
    outputItems: 'ItemField',
    tools: 'ResponsesToolParam',
    toolChoices: 'ToolChoiceParam',
  },
} as const;
const named = ['inputItems', 'outputItems', 'tools', 'toolChoices'] as const;

/** Returns the names in both contracts, sorted, each with the contracts that define it. */
export function extractIndex(contracts: Record<Source, Contract>): ContractIndex {
  const index: ContractIndex = {
    operations: [],
    inputItems: {},
    outputItems: {},
    tools: {},
    toolChoices: {},
    events: {},
    webSocket: [],
  };
  for (const source of ['OpenAI', 'Open Responses'] as const) addContract(index, contracts[source], source);
  for (const part of [...named, 'events'] as const) index[part] = sorted(index[part]);
  index.operations.sort((a, b) => (a.path === b.path ? order(a.method, b.method) : order(a.path, b.path)));
  for (const operation of index.operations) {
    operation.body = sorted(operation.body);
    operation.query = sorted(operation.query);
  }
  return index;
}

function addContract(index: ContractIndex, contract: Contract, source: Source): void {
  for (const part of named) {
    const root = { $ref: `#/components/schemas/${roots[source][part]}` };
    note(index[part], kindsOf(contract, root), source);
  }
  if (hasWebSocket(contract)) index.webSocket.push(source);
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) addOperation(index, { contract, source, path, method, operation, shared: item.parameters ?? [] });
    }
  }
}

/** Open Responses describes its WebSocket at the path, OpenAI by the frames of a client. */
function hasWebSocket({ paths, components }: Contract): boolean {
  const isDescribed = paths['/responses'] && 'x-openresponses-websocket' in paths['/responses'];
  return isDescribed || 'ResponsesClientEvent' in Object(Object(components).schemas);
}

interface Found {
  contract: Contract;
  source: Source;
  path: string;
  method: IndexedOperation['method'];
  operation: Operation;
  shared: Parameter[];
}

function addOperation(index: ContractIndex, found: Found): void {
  const { contract, source, path, method, operation, shared } = found;
  let entry = index.operations.find((candidate) => candidate.path === path && candidate.method === method);
  if (!entry) {
    entry = { method, path, in: [], body: {}, query: {} };
    index.operations.push(entry);
  }
  entry.in.push(source);
  note(entry.body, fieldsOf(contract, operation.requestBody?.content?.['application/json']?.schema), source);
  const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) =>
    resolve<Parameter>(contract, parameter),
  );
  const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name = '' }) => name);
  note(entry.query, new Set(query), source);
  const stream = operation.responses['200']?.content?.['text/event-stream']?.schema;
  if (path === '/responses' && stream) note(index.events, kindsOf(contract, stream), source);
}

function note(known: Record<string, Source[]>, names: Set<string>, source: Source): void {
  for (const name of names) {
    known[name] ??= [];
    known[name].push(source);
  }
}

/** Returns the values of `type` in the branches of a schema. */
function kindsOf(contract: Contract, schema: Schema, found = new Set<string>()): Set<string> {
  const { properties, ...rest } = resolve<Schema>(contract, schema);
  for (const branch of branchesOf(rest)) kindsOf(contract, branch, found);
  if (properties?.['type']) addValues(contract, properties['type'], found);
  return found;
}

function addValues(contract: Contract, schema: Schema, found: Set<string>): void {
  const resolved = resolve<Schema>(contract, schema);
  for (const value of resolved.enum ?? [resolved.const]) if (value) found.add(value);
  for (const branch of branchesOf(resolved)) addValues(contract, branch, found);
}

function fieldsOf(contract: Contract, schema: Schema | undefined, found = new Set<string>()): Set<string> {
  if (!schema) return found;
  const resolved = resolve<Schema>(contract, schema);
  for (const branch of branchesOf(resolved)) fieldsOf(contract, branch, found);
  for (const name of Object.keys(resolved.properties ?? {})) found.add(name);
  return found;
}

const branchesOf = ({ allOf = [], oneOf = [], anyOf = [] }: Schema): Schema[] => [...allOf, ...oneOf, ...anyOf];

function resolve<T extends { $ref?: string }>(contract: Contract, node: T): T {
  let resolved = node;
  while (resolved.$ref !== undefined) {
    const steps = resolved.$ref.split('/').slice(1);
    // In a valid document a reference points to a node of the referring type.
    resolved = steps.reduce<unknown>((at, step) => Object(at)[step], contract) as T;
  }
  return resolved;
}

function sorted(names: Record<string, Source[]>): Record<string, Source[]> {
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => order(a, b)));
}

/** By code units: the same on every machine. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
