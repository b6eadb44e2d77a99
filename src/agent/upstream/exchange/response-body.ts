import type { ApiError } from '../../../errors/api-error.ts';
import { tryParseJson } from '../../../json/try-parse-json.ts';
import { createSseDecoder, type SseDecoder } from '../../../sse/decode-sse.ts';
import { isErrorFrame } from '../errors/error-frame.ts';
import { isJsonLines, toJsonLines } from '../json-lines.ts';
import type { AnswerStage, StreamReader } from '../upstream-format.ts';
import type { EventQueue } from './event-queue.ts';

/**
 * Receives the bytes of one response. `data`, `end` and `settle` may throw; the caller then passes the error to
 * `fail`.
 */
export interface ResponseBody {
  /** Number of reads so far that advanced the answer. Comments, pings and white space do not count. */
  readonly activity: number;
  readonly stage: AnswerStage;
  data(bytes: Buffer): void;
  end(): void;
  /** Ends a `finished` answer without waiting for the end of its body. Returns whether the answer is complete. */
  settle(): boolean;
  /** Fails an unreadable answer. */
  fail(error: ApiError): void;
  /** Ends the answer of a connection that broke or timed out. */
  cut(error: ApiError): void;
}

/**
 * Reads an event stream into the queue. Once the reader is `done` the answer is complete, even if the connection
 * breaks.
 */
export class EventBody implements ResponseBody {
  readonly #queue: EventQueue;
  readonly #reader: StreamReader;
  readonly #decoder: SseDecoder;

  constructor(queue: EventQueue, reader: StreamReader, maxEventBytes: number) {
    this.#queue = queue;
    this.#reader = reader;
    this.#decoder = createSseDecoder({
      maxEventBytes,
      onEvent: (data, event) => this.#read(data, event),
      onUnknownLine: (line) => this.#readLine(line),
    });
  }

  get activity(): number {
    return this.#reader.activity;
  }

  get stage(): AnswerStage {
    return this.#reader.stage;
  }

  data(bytes: Buffer): void {
    // The error closes the connection: one that sends more after the end must not be reused.
    if (this.#queue.isEnded) throw new Error('the upstream sent data after the end of its stream');
    this.#decoder.feed(bytes);
  }

  end(): void {
    this.#decoder.end();
    this.#finish();
  }

  settle(): boolean {
    this.#finish();
    return true;
  }

  fail(error: ApiError): void {
    this.#queue.fail(error);
  }

  cut(error: ApiError): void {
    // A finished answer lacks at most its token counts.
    if (this.#reader.stage === 'finished') this.#finish();
    else this.#queue.fail(error);
  }

  #read(data: string, event: string | undefined): void {
    // Some upstreams keep a connection alive with empty events.
    if (data === '') return;
    // Gateways that pass on events line by line name the field twice.
    if (data.startsWith('data:')) this.#read(data.slice('data:'.length).trimStart(), event);
    // Others omit the blank line between events.
    else if (data.includes('\n') && isJsonLines(data)) {
      for (const line of toJsonLines(data)) this.#readEvent(line, event);
    } else this.#readEvent(data, event);
  }

  /**
   * Reads an error outside of the events: llama.cpp has a field of its own for it, others send it as JSON without a field.
   * The reason alone depends on it: such a stream lacks its end.
   */
  #readLine(line: string): void {
    if (this.#queue.isEnded) return;
    if (line.startsWith('error:')) this.#read(line.slice('error:'.length).trim(), 'error');
    else if (line.startsWith('{') && isErrorFrame(tryParseJson(line))) this.#read(line, 'error');
  }

  #readEvent(data: string, event: string | undefined): void {
    this.#queue.push(this.#reader.read(data, event));
    if (this.#reader.stage === 'done') this.#queue.end();
  }

  #finish(): void {
    if (this.#queue.isEnded) return;
    this.#queue.push(this.#reader.end());
    this.#queue.end();
  }
}

export interface CollectedBodyOptions {
  /** `data` throws beyond this size. */
  maxBytes: number;
  /** Creates the error that `data` throws then. */
  tooLong: () => Error;
  onEnd(text: string): void;
  /** `text` is the body received before the error. */
  onFail(error: ApiError, text: string): void;
}

const closingBrace = 0x7d;
const lastWhiteSpace = 0x20;

/** Buffers a body that can only be read as a whole. */
export class CollectedBody implements ResponseBody {
  activity = 0;
  stage: AnswerStage = 'open';
  readonly #options: CollectedBodyOptions;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(options: CollectedBodyOptions) {
    this.#options = options;
  }

  data(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > this.#options.maxBytes) throw this.#options.tooLong();
    this.#chunks.push(bytes);
    const lastCharacter = bytes.findLast((byte) => byte > lastWhiteSpace);
    if (lastCharacter === undefined) return;
    this.activity += 1;
    this.stage = lastCharacter === closingBrace ? 'finished' : 'open';
  }

  end(): void {
    this.#options.onEnd(this.#text());
  }

  settle(): boolean {
    if (tryParseJson(this.#text()) === undefined) return false;
    this.end();
    return true;
  }

  fail(error: ApiError): void {
    this.#options.onFail(error, this.#text());
  }

  cut(error: ApiError): void {
    this.fail(error);
  }

  #text(): string {
    const [first] = this.#chunks;
    // A short body is one chunk.
    return (first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks)).toString();
  }
}
