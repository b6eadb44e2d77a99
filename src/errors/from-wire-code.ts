import { ApiError, type ApiErrorOptions } from './api-error.ts';
import { type ErrorCode, errorTable } from './error-table.ts';

/** Returns the error that was sent with this code. An unknown code is an upstream's and stays unchanged. */
export function fromWireCode(code: string | null, message: string, options: ApiErrorOptions): ApiError {
  if (code !== null && isKnown(code)) return new ApiError(code, message, options);
  // Earlier versions logged `server_error` for every failure of the server or the agent.
  const wireCode = code === null || code === 'server_error' ? {} : { wireCode: code };
  return new ApiError('upstream_error', message, { ...options, ...wireCode });
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);
