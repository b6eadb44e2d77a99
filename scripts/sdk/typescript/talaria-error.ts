/** The contract's `ErrorDetail`. */
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
 * The error of every failure except a cancelled request, which throws its signal's reason. A refusal of the server has a
 * `status`. The client's own errors have the type `client_error` and a `ClientErrorCode`.
 */
export class TalariaError extends Error {
  override readonly name = 'TalariaError';
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  /** The HTTP status; `undefined` for errors within a stream and for the client's own errors. */
  readonly status: number | undefined;
  /** The headers of the reply with this status. `retry-after` says when to retry. */
  readonly headers: Headers | undefined;
  /** Identifies the request in the server's log. */
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

/** Creates an error from a reply's envelope. A proxy's reply can lack one. */
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

/** Returns the error of an envelope; `undefined` for any other value. */
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
