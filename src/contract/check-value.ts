import type { ValidateFunction } from 'ajv/dist/2020.js';
import { ApiError } from '../errors/api-error.ts';
import { compileSchema, describeErrors } from './compile-schema.ts';
import { createBodyExplainer } from './explain-body.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';

/**
 * Creates a check of values against a schema of the contract. The check throws an ApiError, never changes the value and
 * accepts unknown fields. It compiles at its first use, since compiling delays the start by a tenth of a second.
 */
export function createValueCheck(
  contract: Pick<Contract, 'document' | 'prepared'>,
  schema: Schema,
): (value: unknown) => void {
  const explain = createBodyExplainer(contract);
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compileSchema(contract.prepared, schema);
    if (validate(value)) return;
    const cause = new Error(describeErrors(validate.errors));
    const pointers = validate.errors?.map(({ instancePath }) => instancePath) ?? [];
    throw explain(schema, value, pointers) ?? new ApiError('invalid_value', 'The request is invalid.', { cause });
  };
}
