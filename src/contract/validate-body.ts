import type { RequestHandler } from 'express';
import { createValueCheck } from './check-value.ts';
import type { Contract, ContractOperation } from './load-contract.ts';

/**
 * Refuses a request whose body breaks the contract. Uses Ajv alone: express-openapi-validator's handlers cost ten times
 * the validation itself, and try every member of every union. See docs/decisions/2026-11-23-request-validation.md.
 */
export function validateBody(
  contract: Pick<Contract, 'document' | 'prepared'>,
  { path, method }: Pick<ContractOperation, 'path' | 'method'>,
): RequestHandler {
  const schema = contract.prepared.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
  if (!schema) throw new Error(`No JSON body for ${method} ${path} in the contract.`);
  const check = createValueCheck(contract, schema);
  return (request, _response, next) => {
    check(request.body);
    next();
  };
}
