import type { ApiError } from './api-error.ts';
import { type ErrorType, errorTable } from './error-table.ts';

/** OpenAI's error envelope, always with all four fields. */
export interface ErrorBody {
  error: { message: string; type: ErrorType; param: string | null; code: string | null };
}

export function toErrorBody(error: ApiError): ErrorBody {
  const { type } = errorTable[error.code];
  return { error: { message: error.message, type, param: error.param, code: error.wireCode } };
}
