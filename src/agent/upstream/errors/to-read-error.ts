import { ApiError } from '../../../errors/api-error.ts';

/** Maps any failure to read an answer to an `ApiError`: an unreadable answer is the upstream's fault. */
export function toReadError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('upstream_error', "The agent's answer could not be read.", { cause: error });
}
