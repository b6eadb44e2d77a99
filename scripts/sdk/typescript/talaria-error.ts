/** The `error` of an answer, as the contract has it. */
interface ErrorDetail {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

interface ErrorContext {
  status?: number | undefined;
  headers?: Headers | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

/**
 * Everything that goes wrong but a cancelled request, whose signal's reason is thrown as it is. An answer of the server
 * has a `status`; without one the client says so itself, with the type `client_error` and one of `connection_failed`,
 * `stream_interrupted`, `event_too_long` and `invalid_event` as its code.
 */
export class TalariaError extends Error {
  override readonly name = 'TalariaError';
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  /** The HTTP status; absent when the error came within a stream, or from the client. */
  readonly status: number | undefined;
  /** Of the answer that has the status: `retry-after` says when to ask again. */
  readonly headers: Headers | undefined;
  /** Names the exchange in the server's log. */
  readonly requestId: string | undefined;

  constructor({ message, type, param, code }: ErrorDetail, { status, headers, requestId, cause }: ErrorContext = {}) {
    super(message, { cause });
    this.type = type;
    this.param = param;
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.requestId = requestId;
  }
}

export type ClientErrorCode = 'connection_failed' | 'stream_interrupted' | 'event_too_long' | 'invalid_event';

export function createClientError(code: ClientErrorCode, message: string, cause?: unknown): TalariaError {
  return new TalariaError({ message, type: 'client_error', param: null, code }, { cause });
}

/** From the envelope, where there is one; something between client and server may have answered in its place. */
export function fromEnvelope(body: unknown, { status, headers }: Response): TalariaError {
  const requestId = headers.get('x-request-id') ?? undefined;
  const detail = readErrorDetail(body) ?? {
    message: `The server answered with status ${status}.`,
    type: status >= 500 ? 'server_error' : 'invalid_request_error',
    param: null,
    code: null,
  };
  return new TalariaError(detail, { status, headers, requestId });
}

/** The error that an envelope holds; `undefined` for anything else. */
export function readErrorDetail(body: unknown): ErrorDetail | undefined {
  const error = isRecord(body) && !('type' in body) ? body['error'] : undefined;
  if (!isRecord(error) || typeof error['message'] !== 'string') return undefined;
  const { message, type, param, code } = error;
  return { message, type: toText(type) ?? 'server_error', param: toText(param), code: toText(code) };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
