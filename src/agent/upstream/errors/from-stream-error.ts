import { limits } from '../../../config/limits.ts';
import { ApiError } from '../../../errors/api-error.ts';
import { isContextError } from './is-context-error.ts';
import { type ErrorDetail, readErrorDetail } from './read-error-detail.ts';
import { toReason } from './to-reason.ts';

/**
 * Maps an error that an upstream reported within its stream to `upstream_error`, or to the codes that clients handle. The
 * client receives the reason without hosts and paths of the upstream's machine; the log has all of it.
 */
export function fromStreamError(reported: unknown): ApiError {
  const text = typeof reported === 'string' ? reported : JSON.stringify(reported);
  const options = { cause: new Error(`the upstream reported: ${text}`) };
  const detail = readErrorDetail(reported);
  if (isRateLimit(detail)) {
    const code = isQuota(detail) ? 'insufficient_quota' : 'rate_limit_exceeded';
    return new ApiError(code, toMessage(detail), options);
  }
  if (isContextError(text.slice(0, limits.upstreamErrorBytes))) {
    const message = "The conversation is longer than the agent's context window.";
    return new ApiError('context_length_exceeded', message, options);
  }
  return new ApiError('upstream_error', toMessage(detail), options);
}

const isQuota = ({ code, type }: ErrorDetail): boolean => [code, type].includes('insufficient_quota');

const isRateLimit = (detail: ErrorDetail): boolean =>
  detail.status === 429 || isQuota(detail) || /rate_?limit|too_many_requests/i.test(`${detail.code} ${detail.type}`);

function toMessage({ message }: ErrorDetail): string {
  const reason = message === undefined ? undefined : toReason(message);
  return reason === undefined
    ? 'The agent reported an error while it answered.'
    : `The agent reported an error: ${reason}`;
}
