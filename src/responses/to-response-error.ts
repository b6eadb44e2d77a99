import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import { errorTable } from '../errors/error-table.ts';

/** The `error` of a failed response: codes that clients know keep their name, the rest is the server's fault. */
export function toResponseError(error: ApiError): Schemas['ResponseError'] {
  const isServerFault = errorTable[error.code].type === 'server_error';
  return { code: isServerFault ? 'server_error' : error.wireCode, message: error.message };
}
