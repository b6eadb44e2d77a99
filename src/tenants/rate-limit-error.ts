import { ApiError } from '../errors/api-error.ts';
import type { RequestCount } from './request-rates.ts';

/** For a request that was not let in. `Retry-After` is the true wait; sooner there is no room, later there is. */
export function rateLimitError({ limit, waitMs }: RequestCount): ApiError {
  const seconds = Math.ceil(waitMs / 1000);
  const message = `Too many requests: the limit is ${limit} a minute. Try again in ${seconds} s.`;
  return new ApiError('rate_limit_exceeded', message, { retryAfter: seconds });
}
