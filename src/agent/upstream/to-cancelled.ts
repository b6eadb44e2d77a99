import { ApiError } from '../../errors/api-error.ts';

/** The error of a run whose signal was aborted: the signal's own reason when that is ours. */
export function toCancelled({ reason }: AbortSignal): ApiError {
  if (reason instanceof ApiError) return reason;
  return new ApiError('request_cancelled', 'The request was cancelled.', { cause: reason });
}
