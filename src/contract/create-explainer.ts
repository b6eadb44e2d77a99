import type { Request } from 'express';
import { ApiError } from '../errors/api-error.ts';
import { explainViolation, type Resolve } from './explain-violation.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';
import { toParam } from './violation.ts';

/**
 * Looks at a refused body again, to say in one sentence what is wrong with it. `undefined`: nothing is, so the reason
 * lies outside the body.
 */
export function createExplainer({ document }: Contract): (request: Request) => ApiError | undefined {
  const resolve: Resolve = (ref) => {
    const schema = document.components.schemas[ref.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`The contract has no ${ref}.`);
    return schema;
  };
  return (request) => {
    const schema = findBodySchema(document, request);
    const violation = schema && explainViolation(schema, request.body, resolve);
    if (!violation) return undefined;
    const param = toParam(violation.path);
    return new ApiError(violation.code, violation.message, param === '' ? {} : { param });
  };
}

function findBodySchema(document: Contract['document'], request: Request): Schema | undefined {
  const path: string = request.route.path;
  const item = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')];
  return request.method === 'POST' ? item?.post?.requestBody?.content['application/json']?.schema : undefined;
}
