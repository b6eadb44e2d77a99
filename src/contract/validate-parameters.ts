import type { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import type { OpenApiDocument } from './document.ts';
import { fromValidationError, isValidationError } from './from-validation-error.ts';
import type { Contract } from './load-contract.ts';

type ParameterContract = Pick<Contract, 'prepared' | 'operations'>;

/**
 * Returns express-openapi-validator's handlers for the parameters in path and query, then one that turns its refusals
 * into ApiErrors. Values of the query get the types of the contract; unknown parameters pass.
 */
export function validateParameters(contract: ParameterContract): (RequestHandler | ErrorRequestHandler)[] {
  const handlers = middleware({
    // The library changes the document it receives. Its types are wider than ours.
    apiSpec: toParameterDocument(contract) as unknown as Parameters<typeof middleware>[0]['apiSpec'] & object,
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
  return [...handlers, translate];
}

/** Keeps only operations with parameters: for each request the library compiles the pattern of every path it tries. */
function toParameterDocument({ prepared, operations }: ParameterContract): OpenApiDocument {
  const copy = structuredClone(prepared);
  for (const { path, method, hasParameters } of operations) {
    if (hasParameters) delete copy.paths[path]?.[method]?.requestBody;
    else delete copy.paths[path]?.[method];
  }
  return copy;
}
