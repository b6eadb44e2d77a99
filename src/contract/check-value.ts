import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ApiError } from '../errors/api-error.ts';
import { dispatchKeyword } from './dispatch-keyword.ts';
import { dispatchUnions } from './dispatch-unions.ts';
import { createBodyExplainer } from './explain-body.ts';
import type { Contract } from './load-contract.ts';
import type { OpenApiDocument } from './prepare-document.ts';
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
  ajv.addKeyword(dispatchKeyword);
  const explain = createBodyExplainer(contract);
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile({ ...schema, components: toComponents(contract.prepared) });
    if (validate(value)) return;
    const cause = new Error(ajv.errorsText(validate.errors, { dataVar: 'body' }));
    const places = validate.errors?.map(({ instancePath }) => instancePath) ?? [];
    throw explain(schema, value, places) ?? new ApiError('invalid_value', 'The request is invalid.', { cause });
  };
}

/** One copy for all the checks of a contract. */
const copies = new WeakMap<OpenApiDocument, OpenApiDocument['components']>();

function toComponents(prepared: OpenApiDocument): OpenApiDocument['components'] {
  const known = copies.get(prepared);
  if (known) return known;
  const copy = structuredClone(prepared);
  dispatchUnions(copy);
  copies.set(prepared, copy.components);
  return copy.components;
}
