import { compareRoutes } from './compare-routes.ts';
import type { OpenApiDocument, OperationObject, ParameterObject } from './document.ts';
import type { Access, ContractOperation, HeaderParameter, IntegerParameter } from './load-contract.ts';
import type { OperationId } from './types.ts';

/**
 * Lists the operations of a contract, in the order in which routes are matched. `npm run generate` writes them to a
 * file, since parsing the whole contract would delay the start.
 */
export function listOperations(document: OpenApiDocument): ContractOperation[] {
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
