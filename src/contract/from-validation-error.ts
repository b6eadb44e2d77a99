import { ApiError } from '../errors/api-error.ts';
import { toParam } from './violation.ts';

/** The part of express-openapi-validator's errors that is read here. A `path` looks like `/query/include/0`. */
export interface ValidationError {
  status: number;
  errors: { path: string; message: string }[];
}

export function isValidationError(reason: unknown): reason is ValidationError {
  if (!(reason instanceof Error) || reason instanceof ApiError) return false;
  return 'status' in reason && typeof reason.status === 'number' && 'errors' in reason && Array.isArray(reason.errors);
}

/** Maps the deepest error, which is the most specific one, to an ApiError. */
export function fromValidationError(error: ValidationError): ApiError {
  const deepest = error.errors.toSorted((a, b) => depth(b.path) - depth(a.path))[0];
  if (!deepest) return new ApiError('invalid_value', 'The request is invalid.', { cause: error });
  const [, , ...steps] = deepest.path.split('/');
  const param = toParam(steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
  return new ApiError('invalid_value', `Invalid '${param}': ${deepest.message}.`, { param, cause: error });
}

const depth = (path: string): number => path.split('/').length;
