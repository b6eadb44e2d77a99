import type { Schema } from '../../src/contract/schema.ts';

export interface Parameter {
  name: string;
  description?: string;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: (Parameter | { $ref: string })[];
}

/** The parts of the contract that the pages show. */
export interface ContractDocument {
  info: { title: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

export interface ListedOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  parameters: Parameter[];
  /** The fragment of the operation on the API page. */
  hash: string;
}

/** Lists the operations with their own parameters and those of their paths. */
export function listOperations({ paths, components }: ContractDocument): ListedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId: id, summary = '', tags, parameters = [] }]) => {
      if (id === undefined) return [];
      const shared = 'parameters' in item && Array.isArray(item['parameters']) ? item['parameters'] : [];
      const resolved = [...shared, ...parameters].flatMap((each) =>
        '$ref' in each ? (components.parameters[each.$ref.split('/').at(-1) ?? ''] ?? []) : [each],
      );
      return [{ id, method, path, summary, parameters: resolved, hash: `#/${tags?.[0]}/${id}` }];
    }),
  );
}
