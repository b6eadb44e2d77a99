import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';

/** The `error` of a failed response, with the code that a plain reply has. */
export function toResponseError({ wireCode, message }: ApiError): Schemas['ResponseError'] {
  return { code: wireCode, message };
}
