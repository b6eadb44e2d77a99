import { type ContractDocument, listOperations } from './contract-document.ts';
import { toEventName } from './schema.ts';

const reference = /"\$ref":"#\/components\/(\w+)\/(\w+)"/g;

/** Maps each schema to its users: names of schemas and IDs of operations. */
export function listUses(document: ContractDocument): Map<string, string[]> {
  const { components } = document;
  const parts: Record<string, Record<string, unknown>> = { ...components };
  const uses = new Map<string, string[]>();
  /** Records the references in a value. Those of a shared reply or parameter count for its user. */
  const note = (user: string, value: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(value).matchAll(reference)) {
      if (kind !== 'schemas') note(user, parts[kind]?.[name] ?? null);
      else if (!uses.get(name)?.includes(user)) uses.set(name, [...(uses.get(name) ?? []), user]);
    }
  };
  for (const { id, source } of listOperations(document)) note(id, source);
  for (const [name, schema] of Object.entries(components.schemas)) note(name, schema);
  return uses;
}

/** Events of streams have an area of their own, because they are many. */
const eventArea = 'Stream events';
/** Requests of operators use the schemas of other areas. They don't make a schema a shared one. */
const readers: ReadonlySet<string> = new Set(['Admin', 'Server', 'Webhooks']);

/** Maps each area of the contract, named by its tag, to the schemas that only its operations use. */
export function listAreas(document: ContractDocument, uses: Map<string, string[]>): Map<string, string[]> {
  const { schemas } = document.components;
  const tags = new Map(listOperations(document).map(({ id, tag }) => [id, tag]));
  const areaOf = (name: string): string => {
    if (toEventName(name, schemas[name] ?? {}) !== undefined) return eventArea;
    const found = new Set([...listUsers(name, uses)].flatMap((user) => tags.get(user) ?? []));
    const owners = [...found].filter((tag) => !readers.has(tag));
    const [first = 'WebSocket', ...others] = owners.length > 0 ? owners : found;
    return others.length > 0 ? 'Shared' : first;
  };
  const areas = Map.groupBy(Object.keys(schemas).toSorted(), areaOf);
  const order = [...document.tags.map(({ name }) => name), eventArea, 'WebSocket', 'Shared'];
  return new Map(order.flatMap((area) => (areas.has(area) ? [[area, areas.get(area) ?? []] as const] : [])));
}

/** Lists the schemas and operations that use a schema, also through other schemas. */
function listUsers(name: string, uses: Map<string, string[]>, found = new Set<string>()): Set<string> {
  for (const user of uses.get(name) ?? []) {
    if (found.has(user)) continue;
    found.add(user);
    listUsers(user, uses, found);
  }
  return found;
}
