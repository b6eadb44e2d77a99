import type { RequestHandler } from 'express';
import { createValueCheck } from './check-value.ts';
import type { Contract, ContractOperation } from './load-contract.ts';
import { noHeaders, readHeaders } from './read-headers.ts';

/**
 * Validates requests that have a body and no parameters but headers, as `validateRequests` does and with the same errors,
 * but without the validator's middlewares: they cost ten times what the validation does. See
 * docs/decisions/2026-11-23-request-validation.md.
 */
export function validateBody(contract: Contract, { path, method, headers }: ContractOperation): RequestHandler {
  const operation = contract.prepared.paths[path]?.[method];
  const schema = operation?.requestBody?.content['application/json']?.schema;
  if (!schema || (operation.parameters ?? []).length > headers.length) {
    throw new Error(`${method} ${path} is not validated by its body and headers alone.`);
  }
  const check = createValueCheck(contract, schema);
  const properties = Object.fromEntries(headers.map((header) => [header.name, header.schema]));
  const checkHeaders = createValueCheck(contract, { type: 'object', properties });
  return (request, _response, next) => {
    try {
      const given = readHeaders(request, headers);
      if (given !== noHeaders) checkHeaders(given);
      check(request.body);
    } catch (error) {
      return next(error);
    }
    next();
  };
}
