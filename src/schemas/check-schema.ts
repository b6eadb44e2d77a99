import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { checkBounds } from './check-bounds.ts';
import { checkFanOut } from './check-fan-out.ts';
import { SchemaError } from './schema-error.ts';
import { toPlainDocument } from './to-plain-document.ts';

export interface SchemaOrigin {
  /** The path of the schema in the request. */
  param: string;
  /** Maximum size of its JSON text. */
  bytes: number;
}

/**
 * Checks that a client's JSON Schema is valid and can be applied at a bounded cost. The check itself is one walk over a
 * schema of bounded size. Throws `invalid_value` with `param`.
 */
export function checkSchema(schema: Record<string, unknown>, origin: SchemaOrigin): void {
  refuse(origin, () => {
    checkBounds(schema, toBounds(origin));
    checkFanOut(toPlainDocument(schema));
  });
}

/** Checks the size of a schema that the server forwards and never applies, such as the parameters of a tool. */
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
