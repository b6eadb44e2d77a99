import { type ContractDocument, listOperations } from './contract-document.ts';

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
