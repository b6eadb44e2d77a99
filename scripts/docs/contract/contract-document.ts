import type { OpenAPIV3_1 as OpenApi } from 'openapi-types';
import type { Schema } from '../../../src/contract/schema.ts';

/** The parts of the contract that the pages show. */
export interface ContractDocument {
  info: OpenApi.InfoObject;
  tags: OpenApi.TagObject[];
  paths: Record<string, OpenApi.PathItemObject>;
  /** By the type of the event. */
  webhooks?: Record<string, OpenApi.PathItemObject>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, OpenApi.ParameterObject>;
    responses: Record<string, OpenApi.ResponseObject>;
    examples: Record<string, RecordedExample>;
  };
}

/** An example. That of a stream has the request that caused it. */
export interface RecordedExample extends OpenApi.ExampleObject {
  'x-request'?: { body?: unknown };
}

/** A media type. That of a stream has the schema of its events. */
export interface RecordedMedia extends OpenApi.MediaTypeObject {
  'x-event-schema'?: Schema;
}

export interface ListedOperation {
  id: string;
  method: string;
  /** Of a webhook: the type of its event. */
  path: string;
  summary: string;
  tag: string;
  parameters: OpenApi.ParameterObject[];
  /** Whether the server sends the request: a webhook. */
  isWebhook: boolean;
  /** The operation as the contract has it. */
  source: OpenApi.OperationObject;
}

const methods = ['get', 'put', 'post', 'delete'] as const;

/** Lists the operations, webhooks among them, with their own parameters and those of their paths. */
export function listOperations({ paths, webhooks, components }: ContractDocument): ListedOperation[] {
  return Object.entries({ ...paths, ...webhooks }).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const { [method]: source, parameters: shared = [] } = item;
      if (source?.operationId === undefined) return [];
      const { operationId: id, summary = '', tags, parameters: own = [] } = source;
      const parameters = [...shared, ...own].flatMap((each) =>
        '$ref' in each ? (components.parameters[each.$ref.split('/').at(-1) ?? ''] ?? []) : [each],
      );
      return [
        { id, method, path, summary, parameters, tag: tags?.[0] ?? '', isWebhook: path in (webhooks ?? {}), source },
      ];
    }),
  );
}
