import { ApiError } from '../errors/api-error.ts';
import { explainViolation, type Resolve } from './explain-violation.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';
import { createSuspects } from './suspects.ts';
import { toParam } from './violation.ts';

/**
 * Looks at a body that a validator refused again, to say in one sentence what is wrong with it. `places` are where the
 * validator found errors, as JSON pointers.
 */
export function createBodyExplainer({ document }: Pick<Contract, 'document'>) {
  const resolve: Resolve = (ref) => {
    const schema = document.components.schemas[ref.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`The contract has no ${ref}.`);
    return schema;
  };
  return (schema: Schema, body: unknown, places: readonly string[]): ApiError | undefined => {
    const violation = explainViolation(schema, body, resolve, createSuspects(places));
    if (!violation) return undefined;
    const param = toParam(violation.path);
    return new ApiError(violation.code, violation.message, param === '' ? {} : { param });
  };
}
