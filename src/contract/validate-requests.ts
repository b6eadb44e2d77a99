import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { ApiError } from '../errors/api-error.ts';
import { fromValidationError, isValidationError } from '../errors/from-validation-error.ts';
import { explainViolation, type Resolve } from './explain-violation.ts';
import type { Contract } from './load-contract.ts';
import { memoisePathToRegexp } from './memoise-path-to-regexp.ts';
import type { Schema } from './schema.ts';
import { toParam } from './violation.ts';

/**
 * The validator's middlewares, then one that turns its refusals into ApiErrors. They change nothing in the request and
 * let every unknown field through.
 */
export function validateRequests(contract: Contract): (RequestHandler | ErrorRequestHandler)[] {
  memoisePathToRegexp();
  const validators = middleware({
    // The validator keeps and changes the document it is given; the types it asks for are wider than ours.
    apiSpec: structuredClone(contract.prepared) as unknown as Parameters<typeof middleware>[0]['apiSpec'] & object,
    validateApiSpec: false,
    validateRequests: { allowUnknownQueryParameters: true, coerceTypes: false },
    validateResponses: false,
    validateSecurity: false,
    validateFormats: false,
    fileUploader: false,
    ignoreUndocumented: true,
  });
  const explain = createExplainer(contract);
  const translate: ErrorRequestHandler = (error, request, _response, next) => {
    next(isValidationError(error) ? (explain(request) ?? fromValidationError(error)) : error);
  };
  return [...validators, translate];
}

/** Looks at the body again, to say in one sentence what is wrong with it. */
function createExplainer({ document }: Contract): (request: Request) => ApiError | undefined {
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
