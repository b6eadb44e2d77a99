import type { RequestHandler } from 'express';
import { createValueCheck } from './check-value.ts';
import type { Contract, ContractOperation } from './load-contract.ts';

/**
 * Validates requests that have a body and no parameters, as `validateRequests` does and with the same errors, but
 * without the validator's middlewares: they cost ten times what the validation does. See
 * docs/decisions/2026-11-23-request-validation.md.
 */
export function validateBody(contract: Contract, { path, method }: ContractOperation): RequestHandler {
  const operation = contract.prepared.paths[path]?.[method];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  if (!schema || operation.parameters) throw new Error(`${method} ${path} is not validated by its body alone.`);
  const check = createValueCheck(contract, schema);
  return (request, _response, next) => {
    try {
      check(request.body);
    } catch (error) {
      return next(error);
    }
    next();
  };
}
