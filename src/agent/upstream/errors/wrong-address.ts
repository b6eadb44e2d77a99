import { ApiError, type ApiErrorOptions } from '../../../errors/api-error.ts';

/** Whether a body is a page for people. Its text is never passed on. */
export const isPage = (text: string): boolean => /^\s*</.test(text);

/** Returns the error of an answer that no model server gives, which usually means that the base URL lacks its path. */
export function createWrongAddress(answer: string, options: ApiErrorOptions = {}): ApiError {
  return new ApiError(
    'upstream_error',
    `The agent answered with ${answer}: check that AGENT_URL ends in /v1.`,
    options,
  );
}
