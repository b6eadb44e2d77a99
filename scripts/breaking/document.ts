import type { Schema } from '../../src/contract/schema.ts';

/** The compared parts of an OpenAPI document. Descriptions and examples promise nothing. */
export interface ContractDocument {
  info: { version: string };
  security?: unknown[];
  paths: Record<string, PathItem>;
  components: Record<string, Record<string, object>> & { schemas: Record<string, Schema> };
}

export interface PathItem {
  parameters?: Parameter[];
  'x-websocket'?: { clientMessage: Schema; serverMessage: Schema; errorMessage: Schema };
  [method: string]: unknown;
}

export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Reply>;
  security?: unknown[];
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

export interface Reply {
  $ref?: string;
  headers?: Record<string, { $ref?: string; schema?: Schema }>;
  content?: Content;
}

export type Content = Record<string, { schema?: Schema; 'x-event-schema'?: Schema }>;

/** Returns the target of a local reference and its name. A node without a reference is its own target. */
export function resolve<T extends { $ref?: string }>(
  document: ContractDocument,
  node: T,
): { target: T; name?: string } {
  if (node.$ref === undefined) return { target: node };
  const [, , kind = '', name = ''] = node.$ref.split('/');
  const target = document.components[kind]?.[name];
  if (!target) throw new Error(`${node.$ref} doesn't exist.`);
  return { ...resolve(document, target as T), name }; // a reference has the type of its target
}
