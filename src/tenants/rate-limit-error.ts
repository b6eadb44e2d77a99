import { ApiError } from '../errors/api-error.ts';
import type { RequestCount } from './request-rates.ts';

/** Returns the error of a request above the rate limit. `Retry-After` is the exact wait. */
export function rateLimitError({ limit, waitMs }: RequestCount): ApiError {
  const seconds = Math.ceil(waitMs / 1000);
  const message = `Too many requests: the limit is ${limit} per minute. Try again in ${seconds} s.`;
  return new ApiError('rate_limit_exceeded', message, { retryAfter: seconds });
}
