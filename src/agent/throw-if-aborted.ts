import { ApiError } from '../errors/api-error.ts';

/** Throws the `ApiError` that a run was aborted with, else `request_cancelled`. */
export function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  if (signal.reason instanceof ApiError) throw signal.reason;
  throw new ApiError('request_cancelled', 'The request was cancelled.', { cause: signal.reason });
}
