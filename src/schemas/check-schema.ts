import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { checkBounds } from './check-bounds.ts';
import { checkFanOut } from './check-fan-out.ts';
import { SchemaError } from './schema-error.ts';
import { toPlainDocument } from './to-plain-document.ts';

export interface SchemaOrigin {
  /** The path of the schema in the request. */
  param: string;
  /** The most it may have as JSON text. */
  bytes: number;
}

/**
 * Checks that a client's JSON Schema is one, and that it can be compiled and applied at a bounded cost. Compiles nothing:
 * its own cost is one walk over a schema whose size it has checked. Throws `invalid_value` with `param`.
 */
export function checkSchema(schema: Record<string, unknown>, origin: SchemaOrigin): void {
  refuse(origin, () => {
    checkBounds(schema, toBounds(origin));
    checkFanOut(toPlainDocument(schema));
  });
}

/** Checks the size of a schema that the server hands on and never applies, such as the parameters of a tool. */
export function checkSchemaSize(schema: Record<string, unknown>, origin: SchemaOrigin): void {
  refuse(origin, () => checkBounds(schema, toBounds(origin)));
}

const toBounds = ({ bytes }: SchemaOrigin) => ({ bytes, levels: limits.schemaLevels, values: limits.schemaValues });

function refuse({ param }: SchemaOrigin, check: () => void): void {
  try {
    check();
  } catch (cause) {
    if (!(cause instanceof SchemaError)) throw cause;
    throw new ApiError('invalid_value', `Invalid JSON Schema: ${cause.message}.`, { cause, param });
  }
}
