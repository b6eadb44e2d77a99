import type { RequestHandler } from 'express';
import { lazy } from '../lazy.ts';
import { bodyForms } from './forms/body-forms.ts';
import { createBodyReader } from './forms/read-body.ts';
import type { Contract, ContractOperation } from './load-contract.ts';

/**
 * Refuses a request whose body breaks the contract, and reads the other forms that its operation accepts. Uses Ajv alone: express-openapi-validator's handlers cost ten times
 * the validation itself, and try every member of every union. See docs/decisions/2026-11-23-request-validation.md.
 */
export function validateBody(
  contract: Pick<Contract, 'document' | 'prepared'>,
  { operationId, path, method }: Pick<ContractOperation, 'operationId' | 'path' | 'method'>,
): RequestHandler {
  const createReader = lazy(() => {
    const schema = contract.prepared.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
    if (!schema) throw new Error(`No JSON body for ${method} ${path} in the contract.`);
    return createBodyReader(contract, schema, bodyForms[operationId]);
  });
  return (request, _response, next) => {
    request.body = createReader()(request.body);
    next();
  };
}
