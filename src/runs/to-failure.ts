import { ApiError } from '../errors/api-error.ts';

/** Returns the error of a failed step. The signal's reason comes first: the step fails because of the abort. */
export const toFailure = (reason: unknown, signal: AbortSignal): ApiError =>
  ApiError.from(signal.aborted ? signal.reason : reason);
