import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fromValidationError } from '../errors/from-validation-error.ts';
import { createBodyExplainer } from './explain-body.ts';
import type { Contract } from './load-contract.ts';
import type { Schemas } from './types.ts';

/**
 * Checks what comes by another way than HTTP against a named schema of the contract, with the same errors as over
 * HTTP. The check throws an ApiError, changes nothing and lets every unknown field through. It is compiled at its first
 * use.
 */
export function createValueCheck(
  contract: Pick<Contract, 'document' | 'prepared'>,
  name: keyof Schemas,
): (value: unknown) => void {
  const explain = createBodyExplainer(contract);
  const $ref = `#/components/schemas/${name}`;
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compile(contract, $ref);
    if (validate(value)) return;
    throw explain({ $ref }, value) ?? fromValidationError(toValidationError(validate));
  };
}

function compile({ prepared }: Pick<Contract, 'prepared'>, $ref: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
  return ajv.addSchema(prepared, 'contract').compile({ $ref: `contract${$ref}` });
}

/** In the shape in which the HTTP validator tells its errors. */
function toValidationError({ errors }: ValidateFunction) {
  const found = (errors ?? []).map(({ instancePath, message = '' }) => ({ path: `/body${instancePath}`, message }));
  return Object.assign(new Error('The value does not fit its schema.'), { status: 400, errors: found });
}
