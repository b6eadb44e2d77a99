import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, type ApiErrorOptions } from '../../../errors/api-error.ts';
import type { ErrorCode } from '../../../errors/error-table.ts';
import { isObject } from '../../../json/is-object.ts';
import { tryParseJson } from '../../../json/try-parse-json.ts';
import { fromRetryAfter } from './from-retry-after.ts';
import { isContextError } from './is-context-error.ts';

export interface ErrorResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body, up to the limit on its size. */
  text: string;
}

/** The fields of an upstream's error that are sent to the client. */
interface ErrorDetail {
  message?: string;
  code?: string;
  param?: string;
  type?: string;
}

/**
 * Maps an upstream's error response to an `ApiError`. A 4xx concerns the request: it keeps its status, and its message,
 * code and param when the body is OpenAI's envelope. Any other status becomes a 502 without details.
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
  // The client's key was accepted. The upstream's text may quote a part of this server's key.
  if (status === 401 || status === 403) {
    return new ApiError('upstream_error', "The agent refused this server's credentials.", { ...options, status });
  }
  const detail = readDetail(text);
  const code = toErrorCode(status, detail);
  // Clients switch on `context_length_exceeded`, so the upstream's own code must not replace it.
  const wireCode = code === 'context_length_exceeded' ? undefined : detail.code;
  return new ApiError(code, detail.message ?? `The agent refused the request with status ${status}.`, {
    ...options,
    status,
    ...(wireCode === undefined ? {} : { wireCode }),
    ...(detail.param === undefined ? {} : { param: detail.param }),
  });
}

/**
 * Reads OpenAI's envelope, or its content alone as older vLLM sends it. Returns no fields for any other body, such as a
 * proxy's page. Numeric codes are skipped: they repeat the status.
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
