import type { RequestHandler } from 'express';
import { checkHeaders } from './check-headers.ts';
import { checkIntegers } from './check-integers.ts';
import type { Contract, ContractOperation } from './load-contract.ts';
import { validateBody } from './validate-body.ts';
import { validateParameters } from './validate-parameters.ts';

/** Returns the handlers that refuse invalid requests of an operation, each with an ApiError. */
export type Validate = (operation: ContractOperation) => RequestHandler[];

/**
 * Validates the parameters in path and query with express-openapi-validator, headers and bodies with Ajv alone. An
 * operation gets only the handlers it needs. See docs/decisions/2026-11-23-request-validation.md.
 */
export function validateRequests(contract: Contract): Validate {
  const checkParameters = validateParameters(contract);
  return (operation) => [
    ...(operation.hasParameters ? [checkIntegers(operation.integers), checkParameters] : []),
    ...(operation.headers.length > 0 ? [checkHeaders(contract, operation.headers)] : []),
    ...(operation.hasBody ? [validateBody(contract, operation)] : []),
  ];
}
