import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema, describeErrors } from './compile-schema.ts';
import { resolveIn } from './explain-body.ts';
import { listViolations } from './explain-violation.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';
import type { Violation } from './violation.ts';

/**
 * Creates a function that returns the violations of a value, at most `limit` of them, and none for a valid value. It
 * compiles at its first use, and accepts unknown fields.
 */
export function createViolationFinder(
  { document, prepared }: Pick<Contract, 'document' | 'prepared'>,
  schema: Schema,
  limit: number,
): (value: unknown) => Violation[] {
  const resolve = resolveIn(document);
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compileSchema(prepared, schema);
    if (validate(value)) return [];
    const found = listViolations(schema, value, resolve).take(limit).toArray();
    if (found.length > 0) return found;
    return [{ path: [], code: 'invalid_value', message: `The value is invalid: ${describeErrors(validate.errors)}.` }];
  };
}
