import { ApiError, type ApiErrorOptions } from './api-error.ts';
import { type ErrorCode, errorTable } from './error-table.ts';

/** The error that was sent with this code. A code that is not ours is an upstream's, and is sent again as it is. */
export function fromWireCode(code: string | null, message: string, options: ApiErrorOptions): ApiError {
  if (code !== null && isKnown(code)) return new ApiError(code, message, options);
  // Logs of earlier versions have `server_error` for every failure of the server or the agent.
  const wireCode = code === null || code === 'server_error' ? {} : { wireCode: code };
  return new ApiError('upstream_error', message, { ...options, ...wireCode });
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);
