import type { ApiError } from '../../../errors/api-error.ts';
import { createWrongAddress } from '../errors/wrong-address.ts';
import type { AnswerStage } from '../upstream-format.ts';
import type { ResponseBody } from './response-body.ts';

/** The kind of a body, by its first characters. */
type BodyKind = 'stream' | 'document' | 'page' | 'unknown';

interface SniffedBodyOptions {
  /** The media type of the head: upstreams and gateways send streams as JSON and the reverse. Empty without one. */
  mediaType: string;
  openStream(): ResponseBody;
  openDocument(): ResponseBody;
  /** Refuses the answer before any of it was read. */
  refuse(error: ApiError): void;
}

const nothing: Buffer = Buffer.alloc(0);
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const lastWhiteSpace = 0x20;
/** Longer than any field name of an event stream with its colon. */
const sniffedBytes = 16;
const fields = ['data', 'event', 'id', 'retry', ''];

/** Reads an answer as what its first characters show it to be, whatever its media type. */
export class SniffedBody implements ResponseBody {
  readonly #options: SniffedBodyOptions;
  #start = nothing;
  #body: ResponseBody | undefined;

  constructor(options: SniffedBodyOptions) {
    this.#options = options;
  }

  get activity(): number {
    return this.#body?.activity ?? 0;
  }

  get stage(): AnswerStage {
    return this.#body?.stage ?? 'open';
  }

  data(bytes: Buffer): void {
    if (this.#body) {
      this.#body.data(bytes);
      return;
    }
    this.#start = trimStart(this.#start.length === 0 ? bytes : Buffer.concat([this.#start, bytes]));
    const kind = this.#start.length === 0 ? undefined : toKind(this.#start.toString('latin1', 0, sniffedBytes));
    if (kind === undefined) return;
    this.#body = this.#open(kind);
    this.#body.data(this.#start);
  }

  end(): void {
    if (this.#body === undefined) {
      this.#body = this.#open('unknown');
      this.#body.data(this.#start);
    }
    this.#body.end();
  }

  settle(): boolean {
    return this.#body?.settle() ?? false;
  }

  fail(error: ApiError): void {
    if (this.#body) this.#body.fail(error);
    else this.#options.refuse(error);
  }

  cut(error: ApiError): void {
    if (this.#body) this.#body.cut(error);
    else this.#options.refuse(error);
  }

  #open(kind: BodyKind): ResponseBody {
    const { mediaType, openStream, openDocument } = this.#options;
    if (kind === 'stream') return openStream();
    if (kind === 'document') return openDocument();
    if (kind === 'page') throw createWrongAddress('an HTML page');
    if (mediaType === 'text/event-stream' || mediaType === '') return openStream();
    if (mediaType === 'application/json') return openDocument();
    throw createWrongAddress('neither an event stream nor JSON');
  }
}

/** Drops white space, and a byte order mark before or after it. */
function trimStart(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte > lastWhiteSpace);
  if (start === -1) return nothing;
  const rest = start === 0 ? bytes : bytes.subarray(start);
  if (rest[0] !== byteOrderMark[0]) return rest;
  return rest.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    ? trimStart(rest.subarray(byteOrderMark.length))
    : rest;
}

/** Returns `undefined` as long as more characters are needed. */
function toKind(start: string): BodyKind | undefined {
  if (start.startsWith('{') || start.startsWith('[')) return 'document';
  if (start.startsWith('<')) return 'page';
  if (fields.some((field) => start.startsWith(`${field}:`))) return 'stream';
  const isBegun = fields.some((field) => field.startsWith(start)) || start === '\xef' || start === '\xef\xbb';
  return isBegun ? undefined : 'unknown';
}
