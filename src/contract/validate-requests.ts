import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { checkIntegers } from './check-integers.ts';
import { createBodyExplainer } from './explain-body.ts';
import { fromValidationError, isValidationError } from './from-validation-error.ts';
import type { Contract } from './load-contract.ts';
import { memoisePathToRegexp } from './memoise-path-to-regexp.ts';
import type { Schema } from './schema.ts';

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
  const explain = createBodyExplainer(contract);
  const translate: ErrorRequestHandler = (error, request, _response, next) => {
    if (!isValidationError(error)) return next(error);
    const schema = findBodySchema(contract.document, request);
    next((schema && explain(schema, request.body)) ?? fromValidationError(error));
  };
  return [checkIntegers(contract), ...validators, translate];
}

function findBodySchema(document: Contract['document'], request: Request): Schema | undefined {
  const path: string = request.route.path;
  const item = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')];
  return request.method === 'POST' ? item?.post?.requestBody?.content['application/json']?.schema : undefined;
}
