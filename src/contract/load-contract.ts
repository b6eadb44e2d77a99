import { readFileSync } from 'node:fs';
import { compareRoutes } from './compare-routes.ts';
import {
  type OpenApiDocument,
  type OperationObject,
  type ParameterObject,
  prepareDocument,
} from './prepare-document.ts';
import type { Schema } from './schema.ts';
import type { OperationId } from './types.ts';

export interface ContractOperation {
  operationId: OperationId;
  method: 'get' | 'post' | 'delete';
  /** As the contract writes it: `/v1/responses/{response_id}`. */
  path: string;
  /** Does it need a key, where one is configured? */
  secured: boolean;
  hasBody: boolean;
  /** May a request leave the body out? */
  bodyOptional: boolean;
  /** Header parameters, by their names as the contract writes them. */
  headers: readonly HeaderParameter[];
  /** The query parameters that are integers. */
  integers: readonly IntegerParameter[];
}

export interface IntegerParameter {
  name: string;
  /** Whether it has a maximum. */
  isBounded: boolean;
}

export interface HeaderParameter {
  name: string;
  schema: Schema;
}

export interface Contract {
  /** The document as published, as JSON text. */
  json: string;
  /** The document as published, as YAML text: the hand-written file itself. */
  yaml: string;
  document: OpenApiDocument;
  /** The copy the validators work on: see `prepareDocument`. */
  prepared: OpenApiDocument;
  /** In the order in which routes are matched: see `compareRoutes`. */
  operations: ContractOperation[];
}

const root = new URL('../../', import.meta.url);

/** Reads the contract. The generated JSON is what the server runs on: parsing 5,000 lines of YAML at start is slow. */
export function loadContract(): Contract {
  const json = readFileSync(new URL('generated/openapi.json', root), 'utf8');
  const document: OpenApiDocument = JSON.parse(json);
  return {
    json,
    yaml: readFileSync(new URL('openapi.yaml', root), 'utf8'),
    document,
    prepared: prepareDocument(document),
    operations: listOperations(document),
  };
}

function listOperations(document: OpenApiDocument): ContractOperation[] {
  const operations: ContractOperation[] = [];
  const paths = Object.entries(document.paths).sort(([one], [other]) => compareRoutes(one, other));
  for (const [path, item] of paths) {
    for (const method of ['get', 'post', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      operations.push({
        // The document and the generated types come from one file: `npm run check` proves it.
        operationId: operation.operationId as OperationId,
        method,
        path,
        secured: operation.security?.length !== 0,
        hasBody: operation.requestBody !== undefined,
        bodyOptional: operation.requestBody?.required !== true,
        headers: listHeaders(document, operation),
        integers: listIntegers(document, operation),
      });
    }
  }
  return operations;
}

function listHeaders(document: OpenApiDocument, operation: OperationObject): HeaderParameter[] {
  return listParameters(document, operation).flatMap(({ in: place, name, schema }) =>
    place === 'header' && name && schema ? [{ name, schema }] : [],
  );
}

function listIntegers(document: OpenApiDocument, operation: OperationObject): IntegerParameter[] {
  return listParameters(document, operation).flatMap(({ in: place, name, schema }) =>
    place === 'query' && name && schema?.type === 'integer'
      ? [{ name, isBounded: schema['maximum'] !== undefined }]
      : [],
  );
}

const listParameters = ({ components }: OpenApiDocument, { parameters = [] }: OperationObject): ParameterObject[] =>
  parameters.map((parameter) => components.parameters?.[parameter.$ref?.split('/').at(-1) ?? ''] ?? parameter);
