import { ApiError } from '../errors/api-error.ts';
import type { OpenApiDocument } from './document.ts';
import { explainViolation, type Resolve } from './explain-violation.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';
import { createSuspects } from './suspects.ts';
import { toParam } from './violation.ts';

/**
 * Creates a function that explains in one sentence why a body is invalid. `pointers` are the JSON pointers of the
 * validator's errors.
 */
export function createBodyExplainer(contract: Pick<Contract, 'document'>) {
  return (schema: Schema, body: unknown, pointers: readonly string[]): ApiError | undefined => {
    const violation = explainViolation(schema, body, resolveIn(contract.document), createSuspects(pointers));
    if (!violation) return undefined;
    const param = toParam(violation.path);
    return new ApiError(violation.code, violation.message, param === '' ? {} : { param });
  };
}

/** Creates a function that returns the schema of a reference. */
export const resolveIn =
  ({ components }: OpenApiDocument): Resolve =>
  (ref) => {
    const schema = components.schemas[ref.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`Unknown schema ${ref} in the contract.`);
    return schema;
  };
