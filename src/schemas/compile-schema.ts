import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';

const compiled = new Map<string, ValidateFunction>();

/**
 * A client's JSON Schema (2020-12) as a check. The same schema comes with every turn, so the most recent ones are kept.
 * Throws `invalid_value` with `param` when it is not a schema.
 */
export function compileSchema(schema: Record<string, unknown>, param?: string): ValidateFunction {
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? compile(schema, param);
  // A map keeps the order of insertion: the one used last is the last.
  compiled.delete(key);
  compiled.set(key, validate);
  const oldest = compiled.keys().next().value;
  if (compiled.size > limits.compiledSchemas && oldest !== undefined) compiled.delete(oldest);
  return validate;
}

/** Clients name the draft that their library writes; what all drafts share is read the same. */
function compile({ $schema: _, ...schema }: Record<string, unknown>, param: string | undefined): ValidateFunction {
  try {
    // A world of its own for each schema: two clients' schemas may have the same `$id`.
    return new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw new ApiError('invalid_value', `Invalid JSON Schema: ${reason}.`, { cause, ...(param ? { param } : {}) });
  }
}
