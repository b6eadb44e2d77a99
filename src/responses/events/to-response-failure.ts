import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';

/** The `error` of a failed response, with the code that a plain reply has. */
export function toResponseFailure(error: ApiError): Schemas['ResponseFailure'] {
  const { type, message, param } = toErrorBody(error).error;
  return { code: error.wireCode, message, type, param };
}
