import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ApiError } from '../errors/api-error.ts';
import { dispatchKeyword } from './dispatch-keyword.ts';
import { dispatchUnions } from './dispatch-unions.ts';
import type { OpenApiDocument } from './document.ts';
import { createBodyExplainer } from './explain-body.ts';
import type { Contract } from './load-contract.ts';
import { misspeltKeyword } from './misspelt-keyword.ts';
import type { Schema } from './schema.ts';

/**
 * Creates a check of values against a schema of the contract. The check throws an ApiError, never changes the value and
 * accepts unknown fields. It compiles at its first use, since compiling delays the start by a tenth of a second.
 */
export function createValueCheck(
  contract: Pick<Contract, 'document' | 'prepared'>,
  schema: Schema,
): (value: unknown) => void {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false });
  ajv.addKeyword(dispatchKeyword);
  ajv.addKeyword(misspeltKeyword);
  const explain = createBodyExplainer(contract);
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile({ ...schema, components: toComponents(contract.prepared) });
    if (validate(value)) return;
    const cause = new Error(ajv.errorsText(validate.errors, { dataVar: 'body' }));
    const pointers = validate.errors?.map(({ instancePath }) => instancePath) ?? [];
    throw explain(schema, value, pointers) ?? new ApiError('invalid_value', 'The request is invalid.', { cause });
  };
}

/** The rewritten components of each contract, shared by all its checks. */
const copies = new WeakMap<OpenApiDocument, OpenApiDocument['components']>();

function toComponents(prepared: OpenApiDocument): OpenApiDocument['components'] {
  const known = copies.get(prepared);
  if (known) return known;
  const copy = structuredClone(prepared);
  dispatchUnions(copy);
  copies.set(prepared, copy.components);
  return copy.components;
}
