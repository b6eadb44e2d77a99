import { ApiError } from '../../errors/api-error.ts';
import type { ErrorCode } from '../../errors/error-table.ts';
import type { RecordedResponse } from '../../recording/recording.ts';
import { toFields } from '../fields.ts';
import { fromErrorResponse } from '../upstream/errors/from-error-response.ts';

/**
 * The code for each status whose recorded error is replayed unchanged. Any other is mapped like an upstream's error.
 */
const codes: Record<number, ErrorCode> = {
  401: 'invalid_api_key',
  403: 'invalid_value',
  500: 'internal_error',
  502: 'upstream_error',
  503: 'store_unavailable',
  504: 'upstream_timeout',
};

/**
 * Returns a recorded error as its client saw it: with its status, message, code and param. Errors of a live upstream
 * are redacted; those of a recording are already free of secrets.
 */
export function fromRecordedError({ status, headers, json, text = '' }: RecordedResponse): ApiError {
  const error = fromErrorResponse({
    status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    text: json === undefined ? text : JSON.stringify(json),
  });
  const code = codes[status];
  if (code === undefined) return error;
  const { message, code: wireCode, param } = toFields(toFields(json)['error']);
  return new ApiError(code, typeof message === 'string' ? message : error.message, {
    status,
    ...(typeof wireCode === 'string' ? { wireCode } : {}),
    ...(typeof param === 'string' ? { param } : {}),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  });
}

/** Maps the `error` of a failed response. The codes that clients switch on are kept. */
export function fromFailedResponse(error: unknown): ApiError {
  const { code, message } = toFields(error);
  const text = typeof message === 'string' ? message : 'The recorded response failed without a reason.';
  if (code === 'rate_limit_exceeded' || code === 'context_length_exceeded') return new ApiError(code, text);
  return new ApiError('upstream_error', text, typeof code === 'string' ? { wireCode: code } : {});
}
