import type { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { fromValidationError, isValidationError } from '../errors/from-validation-error.ts';
import { createExplainer } from './create-explainer.ts';
import type { Contract } from './load-contract.ts';
import { memoisePathToRegexp } from './memoise-path-to-regexp.ts';

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
