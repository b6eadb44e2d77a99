import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../../config/limits.ts';
import { ApiError, type ApiErrorOptions } from '../../../errors/api-error.ts';
import type { ErrorCode } from '../../../errors/error-table.ts';
import { tryParseJson } from '../../../json/try-parse-json.ts';
import { fromRetryAfter } from '../../../net/from-retry-after.ts';
import { isContextError } from './is-context-error.ts';
import { type ErrorDetail, readErrorDetail } from './read-error-detail.ts';
import { toReason } from './to-reason.ts';
import { createWrongAddress, isPage } from './wrong-address.ts';

export interface ErrorResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body, up to the limit on its size. */
  text: string;
}

/**
 * Maps an upstream's error response to an `ApiError`. A 4xx concerns the request: it keeps its status, message, code and
 * param. A 5xx becomes a 502 with the reason, without hosts and paths of the upstream's machine.
 */
export function fromErrorResponse({ status, headers, text }: ErrorResponse): ApiError {
  const retryAfter = fromRetryAfter(headers['retry-after'], limits.upstreamPassedRetryAfterMs / 1000);
  const options: ApiErrorOptions = {
    cause: new Error(`the upstream answered ${status}: ${text}`),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  if (status >= 300 && status < 400) return new ApiError('upstream_error', explainRedirect(headers.location), options);
  // The client's key was accepted. The upstream's text may quote a part of this server's key.
  if (status === 401 || status === 403)
    return new ApiError('upstream_error', refusedCredentials, { ...options, status });
  const detail = readBody(text);
  const isTooLong = status !== 429 && isContextError(`${detail.code} ${detail.type} ${detail.message}`);
  if (status < 400 || status >= 500) return isTooLong ? tooLong(detail, options) : failed(detail, options);
  if (isWrongPath(status, detail)) {
    return createWrongAddress(`${isPage(text) ? 'an HTML page' : 'an unknown path'} (${status})`, options);
  }
  if (isTooLong) return tooLong(detail, { ...options, status });
  return new ApiError(toErrorCode(status), detail.message ?? `The agent refused the request with status ${status}.`, {
    ...options,
    status,
    ...toWireCode(detail),
    ...(detail.param === undefined ? {} : { param: detail.param }),
  });
}

const refusedCredentials =
  "The agent refused this server's credentials. Check AGENT_API_KEY, or api_key in the configuration file.";

/** Reads JSON in any known form, or a short plain text. A page has no details. */
function readBody(text: string): ErrorDetail {
  const value = tryParseJson(text);
  if (value !== undefined) return readErrorDetail(value);
  const isShort = text.length <= limits.upstreamReasonCharacters && !/^\s*[<{[]/.test(text);
  return isShort && text.trim() !== '' ? { message: text.trim() } : {};
}

/** Clients switch on `context_length_exceeded`, so the upstream's own code must not replace it. */
function tooLong({ message, param }: ErrorDetail, options: ApiErrorOptions): ApiError {
  const text = message ?? "The conversation is longer than the agent's context window.";
  return new ApiError('context_length_exceeded', text, { ...options, ...(param === undefined ? {} : { param }) });
}

function failed({ message }: ErrorDetail, options: ApiErrorOptions): ApiError {
  const reason = message === undefined ? undefined : toReason(message);
  const text =
    reason === undefined
      ? 'The agent had an error while processing the request.'
      : `The agent reported an error: ${reason}`;
  return new ApiError('upstream_error', text, options);
}

function toWireCode({ code, type }: ErrorDetail): Pick<ApiErrorOptions, 'wireCode'> {
  const wireCode = code ?? (type === 'insufficient_quota' ? type : undefined);
  return wireCode === undefined ? {} : { wireCode };
}

/** The answers of web frameworks and model servers to an unknown path. */
const unknownPath =
  /^(404:? )?((page|path|route|url|resource) )?not found\.?$|^method not allowed\.?$|cannot (post|get) |unexpected endpoint|(invalid|unknown) (request )?(url|path|route|endpoint)\b|no (such )?(route|path|handler)/i;

/** Whether the base URL is wrong. A missing model has a message that names it. */
function isWrongPath(status: number, { message }: ErrorDetail): boolean {
  if (status !== 404 && status !== 405) return false;
  return message === undefined || (unknownPath.test(message) && !/model/i.test(message));
}

/** Names the target without its host and query, which may be secret. */
function explainRedirect(location: string | undefined): string {
  const target = location === undefined ? null : URL.parse(location, 'relative://');
  const path =
    target === null ? '' : ` to ${/^https?:$/.test(target.protocol) ? `${target.protocol}//…` : ''}${target.pathname}`;
  return `The agent redirects${path}: set AGENT_URL to the final address.`;
}

function toErrorCode(status: number): ErrorCode {
  switch (status) {
    case 404:
      return 'model_not_found';
    case 408:
      return 'upstream_timeout';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_exceeded';
    default:
      return 'invalid_value';
  }
}
