import { type ErrorCode, errorTable } from './error-table.ts';

export interface ApiErrorOptions {
  /** The request parameter at fault, as a path: `messages[2].content[0].type`. */
  param?: string;
  /** An upstream 4xx keeps its own status; otherwise the table's status for the code. */
  status?: number;
  /** An upstream's own code, shown to the client in place of the table's. */
  wireCode?: string;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** For `method_not_allowed`: the methods that are. */
  allow?: string;
  /** Was it told before, to an earlier request with the same `Idempotency-Key`? */
  replayed?: boolean;
  /** Whether a log line tells of it already. */
  isLogged?: boolean;
  /** For logs only; never sent. */
  cause?: unknown;
}

/** Messages and params show a client's own text, which may be of any length. */
const messageCharacters = 4000;
const paramCharacters = 1000;

/** The one error of this server: made where the fault is known, turned into OpenAI's envelope in one place. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly wireCode: string;
  readonly param: string | null;
  readonly retryAfter: number | undefined;
  readonly allow: string | undefined;
  readonly replayed: boolean;
  /** Whether a log line tells of it already, with its cause. */
  isLogged: boolean;

  /** `message` is shown to the client: it names no host, path or stack of this machine. */
  constructor(code: ErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(shorten(message, messageCharacters), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? errorTable[code].status;
    this.wireCode = options.wireCode === undefined ? code : shorten(options.wireCode, paramCharacters);
    this.param = options.param === undefined ? null : shorten(options.param, paramCharacters);
    this.retryAfter = options.retryAfter;
    this.allow = options.allow;
    this.replayed = options.replayed ?? false;
    this.isLogged = options.isLogged ?? false;
  }

  /** Is it for the operator to look into, not for the client? Also with a status below 500, where an upstream chose it. */
  get isServerError(): boolean {
    return errorTable[this.code].type === 'server_error';
  }

  /** The funnel every `catch` goes through: an unknown failure becomes a 500 that tells the client nothing internal. */
  static from(reason: unknown): ApiError {
    if (reason instanceof ApiError) return reason;
    if (isAbortError(reason)) {
      return new ApiError('request_cancelled', 'The request was cancelled.', { cause: reason });
    }
    return new ApiError('internal_error', 'The server had an error while processing the request.', { cause: reason });
  }
}

const shorten = (text: string, characters: number): string =>
  text.length > characters ? `${text.slice(0, characters)}…` : text;

function isAbortError(reason: unknown): boolean {
  return reason instanceof Error && (reason.name === 'AbortError' || reason.name === 'TimeoutError');
}
