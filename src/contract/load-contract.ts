import { readFileSync } from 'node:fs';
import { lazy } from '../lazy.ts';
import { compareRoutes } from './compare-routes.ts';
import type { OpenApiDocument, OperationObject, ParameterObject } from './document.ts';
import { prepareDocument } from './prepare-document.ts';
import type { Schema } from './schema.ts';
import type { OperationId } from './types.ts';

export type Access = 'anyone' | 'tenant' | 'operator';

export interface ContractOperation {
  operationId: OperationId;
  method: 'get' | 'put' | 'post' | 'delete';
  /** As the contract writes it: `/v1/responses/{response_id}`. */
  path: string;
  /** The callers that a server with keys admits: anyone, tenants, or operators of the server. */
  access: Access;
  hasBody: boolean;
  /** Whether a request may omit the body. */
  bodyOptional: boolean;
  /** Whether it can reply with a stream of events. */
  streams: boolean;
  /** Whether it has parameters in path or query. */
  hasParameters: boolean;
  headers: readonly HeaderParameter[];
  /** The integers among its query parameters. */
  integers: readonly IntegerParameter[];
}

export interface IntegerParameter {
  name: string;
  /** Whether it has a maximum. */
  isBounded: boolean;
}

export interface HeaderParameter {
  /** In the letter case of the contract. */
  name: string;
  /** In lower case. */
  key: string;
  schema: Schema;
}

export interface Contract {
  /** Reads the published document as JSON text. */
  readJson(): string;
  /** Reads the published document as YAML text, with the comments of the hand-written one. */
  readYaml(): string;
  document: OpenApiDocument;
  /** The validators' copy, made at its first use: see `prepareDocument`. */
  readonly prepared: OpenApiDocument;
  /** In the order in which routes are matched. */
  operations: ContractOperation[];
}

const root = new URL('../../', import.meta.url);

/** Returns the contract, read at the first call. All callers share it, and what is compiled from it. */
export const loadContract = lazy(readContract);

/**
 * Reads the generated files, each at its first use: parsing YAML would delay the start, and so would the copy for the
 * validators.
 */
function readContract(): Contract {
  const read = (file: string) => readFileSync(new URL(`generated/${file}`, root), 'utf8');
  const document: OpenApiDocument = JSON.parse(read('openapi.json'));
  const prepared = lazy(() => prepareDocument(document));
  return {
    readJson: () => read('openapi.json'),
    readYaml: () => read('openapi.yaml'),
    document,
    get prepared() {
      return prepared();
    },
    operations: listOperations(document),
  };
}

function listOperations(document: OpenApiDocument): ContractOperation[] {
  const paths = sortRoutes(Object.entries(document.paths));
  return paths.flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [toContractOperation(document, operation, { path, method })] : [];
    }),
  );
}

/** Paths with different first segments never match the same request: the document has the busiest first. */
function sortRoutes<T>(paths: [string, T][]): [string, T][] {
  const groups = Map.groupBy(paths, ([path]) => path.split('/', 2)[1]);
  return [...groups.values()].flatMap((group) => group.sort(([one], [other]) => compareRoutes(one, other)));
}

const methods = ['get', 'put', 'post', 'delete'] as const;

function toContractOperation(
  document: OpenApiDocument,
  operation: OperationObject,
  route: Pick<ContractOperation, 'path' | 'method'>,
): ContractOperation {
  const parameters = listParameters(document, operation);
  return {
    ...route,
    // The generated types come from the same file: `npm run check` compares them.
    operationId: operation.operationId as OperationId,
    access: toAccess(operation),
    hasBody: operation.requestBody !== undefined,
    bodyOptional: operation.requestBody?.required !== true,
    streams: operation.responses['200']?.content?.['text/event-stream'] !== undefined,
    hasParameters: parameters.some((parameter) => parameter.in !== 'header'),
    headers: parameters.flatMap(toHeader),
    integers: parameters.flatMap(toInteger),
  };
}

function toAccess({ security }: OperationObject): Access {
  if (security?.length === 0) return 'anyone';
  return security?.some(({ operatorKey }) => operatorKey) ? 'operator' : 'tenant';
}

function toHeader({ in: location, name, schema }: ParameterObject): HeaderParameter[] {
  return location === 'header' && name && schema ? [{ name, key: name.toLowerCase(), schema }] : [];
}

function toInteger({ in: location, name, schema }: ParameterObject): IntegerParameter[] {
  if (location !== 'query' || !name || schema?.type !== 'integer') return [];
  return [{ name, isBounded: schema.maximum !== undefined }];
}

const listParameters = ({ components }: OpenApiDocument, { parameters = [] }: OperationObject): ParameterObject[] =>
  parameters.map((parameter) => components.parameters?.[parameter.$ref?.split('/').at(-1) ?? ''] ?? parameter);
