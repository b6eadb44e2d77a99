import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, type ApiErrorOptions } from '../../errors/api-error.ts';
import type { ErrorCode } from '../../errors/error-table.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { fromRetryAfter } from './from-retry-after.ts';
import { isContextError } from './is-context-error.ts';

export interface ErrorResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** As much of the body as was read. */
  text: string;
}

/** What an upstream's error body may tell a client. */
interface ErrorDetail {
  message?: string;
  code?: string;
  param?: string;
  type?: string;
}

/**
 * An upstream's error status. A 4xx keeps its status and, from OpenAI's envelope, message, code and param: it is about
 * the request. Anything else is a 502 that says nothing of what the upstream said.
 */
export function fromErrorResponse({ status, headers, text }: ErrorResponse): ApiError {
  const retryAfter = fromRetryAfter(headers['retry-after']);
  const options: ApiErrorOptions = {
    cause: new Error(`the upstream answered ${status}: ${text}`),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  if (status < 400 || status >= 500) {
    return new ApiError('upstream_error', 'The agent had an error while processing the request.', options);
  }
  // Not the client's key: that one was good. The upstream's text may quote a part of ours.
  if (status === 401 || status === 403) {
    return new ApiError('upstream_error', "The agent refused this server's credentials.", { ...options, status });
  }
  const detail = readDetail(text);
  const code = toErrorCode(status, detail);
  // Clients switch on `context_length_exceeded`: no upstream's own name for it may hide it.
  const wireCode = code === 'context_length_exceeded' ? undefined : detail.code;
  return new ApiError(code, detail.message ?? `The agent refused the request (${status}).`, {
    ...options,
    status,
    ...(wireCode === undefined ? {} : { wireCode }),
    ...(detail.param === undefined ? {} : { param: detail.param }),
  });
}

/**
 * OpenAI's envelope, or, as older vLLM sends it, what should be in it alone; nothing when it is another (a proxy's page, a
 * framework's). Numbers as `code` repeat the status.
 */
function readDetail(text: string): ErrorDetail {
  const body = tryParseJson(text);
  if (!isObject(body)) return {};
  const error = body['object'] === 'error' ? body : body['error'];
  if (!isObject(error)) return {};
  const detail: ErrorDetail = {};
  for (const key of ['message', 'code', 'param', 'type'] as const) {
    const value = error[key];
    if (typeof value === 'string' && value !== '') detail[key] = value;
  }
  return detail;
}

function toErrorCode(status: number, detail: ErrorDetail): ErrorCode {
  switch (status) {
    case 400:
    case 413:
    case 422:
      if (isContextError(`${detail.code} ${detail.type} ${detail.message}`)) return 'context_length_exceeded';
      return status === 413 ? 'request_too_large' : 'invalid_value';
    case 404:
      return detail.message === undefined ? 'not_found' : 'model_not_found';
    case 408:
      return 'upstream_timeout';
    case 429:
      return 'rate_limit_exceeded';
    default:
      return 'invalid_value';
  }
}
