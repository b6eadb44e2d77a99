import type { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { checkIntegers } from './check-integers.ts';
import { createValueCheck } from './check-value.ts';
import { fromValidationError, isValidationError } from './from-validation-error.ts';
import type { Contract } from './load-contract.ts';
import { memoisePathToRegexp } from './memoise-path-to-regexp.ts';
import type { OpenApiDocument } from './prepare-document.ts';
import { toTemplate } from './to-template.ts';

/**
 * The validator's middlewares, then one that turns its refusals into ApiErrors. They change nothing in the request and
 * let every unknown field through. Bodies are checked as `validateBody` checks them: the validator would try every member
 * of every union for every element.
 */
export function validateRequests(contract: Contract): (RequestHandler | ErrorRequestHandler)[] {
  memoisePathToRegexp();
  const validators = middleware({
    // The validator keeps and changes the document it is given; the types it asks for are wider than ours.
    apiSpec: withoutBodies(contract.prepared) as unknown as Parameters<typeof middleware>[0]['apiSpec'] & object,
    validateApiSpec: false,
    validateRequests: { allowUnknownQueryParameters: true, coerceTypes: false },
    validateResponses: false,
    validateSecurity: false,
    validateFormats: false,
    fileUploader: false,
    ignoreUndocumented: true,
  });
  const translate: ErrorRequestHandler = (error, _request, _response, next) => {
    next(isValidationError(error) ? fromValidationError(error) : error);
  };
  return [checkIntegers(contract), ...validators, translate, checkBodies(contract)];
}

function withoutBodies(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  for (const { post } of Object.values(copy.paths)) delete post?.requestBody;
  return copy;
}

function checkBodies(contract: Contract): RequestHandler {
  const checks = new Map<string, (value: unknown) => void>();
  for (const [path, { post }] of Object.entries(contract.prepared.paths)) {
    const schema = post?.requestBody?.content['application/json']?.schema;
    if (schema) checks.set(path, createValueCheck(contract, schema));
  }
  return (request, _response, next) => {
    try {
      if (request.method === 'POST') checks.get(toTemplate(request))?.(request.body);
    } catch (error) {
      return next(error);
    }
    next();
  };
}
