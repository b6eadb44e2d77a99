import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors/api-error.ts';
import { createExplainer } from './create-explainer.ts';
import type { Contract, ContractOperation } from './load-contract.ts';

/**
 * Validates requests that have a body and no parameters, as `validateRequests` does and with the same errors, by the
 * same library on the same schemas, but without the middlewares around it: they cost ten times what the validation does.
 * See docs/decisions/2026-11-23-request-validation.md.
 */
export function validateBody(contract: Contract, { path, method }: ContractOperation): RequestHandler {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false });
  const operation = contract.prepared.paths[path]?.[method];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  if (!schema || operation.parameters) throw new Error(`${method} ${path} is not validated by its body alone.`);
  const explain = createExplainer(contract);
  let validate: ValidateFunction | undefined;
  return (request, _response, next) => {
    // Compiled for the first request: at start it would keep the server from listening for a tenth of a second.
    validate ??= ajv.compile({ ...schema, components: contract.prepared.components });
    if (validate(request.body)) return next();
    const cause = new Error(ajv.errorsText(validate.errors, { dataVar: 'body' }));
    next(explain(request) ?? new ApiError('invalid_value', 'The request is invalid.', { cause }));
  };
}
