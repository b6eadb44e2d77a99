import { ApiError } from '../../errors/api-error.ts';

/** Returns the error of an answer that can't be read: whatever an upstream sends, that is its fault. */
export function toReadError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('upstream_error', "The agent's answer could not be read.", { cause: error });
}
