import type { ExactReply } from '../exchange.ts';
import { type ErrorCode, errorTable } from './error-table.ts';

export interface ApiErrorOptions {
  /** The path of the invalid parameter: `messages[2].content[0].type`. */
  param?: string;
  /** The status of an upstream's 4xx. Default: the code's status in the table. */
  status?: number;
  /** An upstream's own code, sent instead of `code`. */
  wireCode?: string;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** For `method_not_allowed`: the allowed methods, sent as `Allow`. */
  allow?: string;
  /** Whether it is the replayed error of an earlier request with the same `Idempotency-Key`. */
  replayed?: boolean;
  /** Whether it is already logged. */
  isLogged?: boolean;
  /** Sent over HTTP in place of the error envelope. */
  reply?: ExactReply;
  /** Whether an agent that takes requests caused it: it can be reached. */
  isReachable?: boolean;
  /** For logs only. Never sent. */
  cause?: unknown;
}

/** Messages and params contain a client's text, which may be of any length. */
const messageCharacters = 4000;
const paramCharacters = 1000;

/** An error of this server. `toErrorBody` turns it into OpenAI's envelope. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly wireCode: string;
  readonly param: string | null;
  readonly retryAfter: number | undefined;
  readonly allow: string | undefined;
  readonly replayed: boolean;
  readonly reply: ExactReply | undefined;
  readonly isReachable: boolean;
  /** Whether it is already logged with its cause. */
  isLogged: boolean;

  /** Clients see `message`, so it must not contain hosts, paths or stacks of this machine. */
  constructor(code: ErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(shorten(message, messageCharacters), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? errorTable[code].status;
    this.wireCode = options.wireCode === undefined ? code : shorten(options.wireCode, paramCharacters);
    this.param = options.param === undefined ? null : shorten(options.param, paramCharacters);
    this.retryAfter = options.retryAfter;
    this.allow = options.allow;
    this.replayed = options.replayed ?? false;
    this.reply = options.reply;
    this.isReachable = options.isReachable ?? false;
    this.isLogged = options.isLogged ?? false;
  }

  /** Whether the operator must act, not the client. An upstream may have chosen a status below 500. */
  get isServerError(): boolean {
    return errorTable[this.code].type === 'server_error';
  }

  /** Returns an ApiError for anything thrown. An unknown failure becomes a 500 without internal details. */
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
