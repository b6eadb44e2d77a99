import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ApiError } from '../errors/api-error.ts';
import { createBodyExplainer } from './explain-body.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';

/**
 * Checks a value against a schema of the contract, with the errors that express-openapi-validator's refusals become:
 * the same library on the same schemas, without the middlewares around it. The check throws an ApiError, changes
 * nothing and lets every unknown field through. It is compiled at its first use: at start that would keep the server
 * from listening for a tenth of a second.
 */
export function createValueCheck(
  contract: Pick<Contract, 'document' | 'prepared'>,
  schema: Schema,
): (value: unknown) => void {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false });
  const explain = createBodyExplainer(contract);
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile({ ...schema, components: contract.prepared.components });
    if (validate(value)) return;
    const cause = new Error(ajv.errorsText(validate.errors, { dataVar: 'body' }));
    throw explain(schema, value) ?? new ApiError('invalid_value', 'The request is invalid.', { cause });
  };
}
