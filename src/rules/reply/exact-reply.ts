import { STATUS_CODES } from 'node:http';
import { ApiError } from '../../errors/api-error.ts';
import type { ErrorCode } from '../../errors/error-table.ts';
import type { ExactReply } from '../../exchange.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { RuleReply } from '../rule-set.ts';

/** The code of the failed run, for transports and runs that have no HTTP reply. */
const codes: Record<number, ErrorCode> = {
  401: 'invalid_api_key',
  404: 'not_found',
  408: 'upstream_timeout',
  413: 'request_too_large',
  429: 'rate_limit_exceeded',
  504: 'upstream_timeout',
};

/**
 * Returns the error that carries a reply with a status. Over HTTP the reply is sent byte for byte. A background run and
 * a WebSocket turn fail with the message and the code of its body.
 */
export function toExactError({ status = 500, headers = {}, body }: RuleReply): ApiError {
  const reply = toReply({ status, headers, body });
  const { message, code, param } = readError(reply.body);
  const retryAfter = Number(Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1]);
  const own = codes[status] ?? (status >= 400 && status < 500 ? 'invalid_value' : 'upstream_error');
  return new ApiError(own, typeof message === 'string' ? message : describe(status), {
    status: Math.max(status, 400),
    reply,
    isLogged: true,
    ...(typeof code === 'string' ? { wireCode: code } : {}),
    ...(typeof param === 'string' ? { param } : {}),
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  });
}

function toReply({ status, headers, body }: Required<Pick<RuleReply, 'status' | 'headers'>> & Pick<RuleReply, 'body'>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? toDefaultBody(status));
  const type = tryParseJson(text) === undefined ? 'text/plain; charset=utf-8' : 'application/json';
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { status, headers: hasType ? headers : { 'content-type': type, ...headers }, body: text } satisfies ExactReply;
}

const describe = (status: number): string =>
  `A rule replies with status ${status} ${STATUS_CODES[status] ?? ''}`.trim();

const toDefaultBody = (status: number) => ({
  error: {
    message: `${describe(status)}.`,
    type: status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error',
    param: null,
    code: codes[status] === 'rate_limit_exceeded' ? 'rate_limit_exceeded' : null,
  },
});

function readError(body: string): { message?: unknown; code?: unknown; param?: unknown } {
  const parsed = tryParseJson(body);
  if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return {};
  return typeof parsed.error === 'object' && parsed.error !== null ? parsed.error : {};
}
