import type { ApiError } from '../../errors/api-error.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { createSseDecoder, type SseDecoder } from '../../sse/decode-sse.ts';
import type { ChatChunk } from '../chat-completions/chat-chunk.ts';
import { type ChunkReader, createChunkReader, toStreamError } from '../chat-completions/from-chat-chunk.ts';
import type { EventQueue } from './event-queue.ts';
import { parseObject } from './parse-object.ts';

/** `finished`: the answer may be whole, though the upstream has not ended it. `done`: nothing more is to come. */
export type BodyStage = 'open' | 'finished' | 'done';

/** Receives the bytes of one response. `data`, `end` and `settle` may throw: then `fail` is called with that error. */
export interface ResponseBody {
  /** Signs of life so far: reads that held more than comments, pings and blanks. */
  signs: number;
  stage: BodyStage;
  data(bytes: Buffer): void;
  end(): void;
  /** Ends an answer that is `finished`, without waiting for its body to end. `false`: it is not whole. */
  settle(): boolean;
  /** The answer can't be read. */
  fail(error: ApiError): void;
  /** The connection broke, or fell silent. */
  cut(error: ApiError): void;
}

/** An event stream, read into the queue. After `[DONE]` it is complete, whatever becomes of the connection. */
export class EventBody implements ResponseBody {
  signs = 0;
  stage: BodyStage = 'open';
  readonly #queue: EventQueue;
  readonly #reader: ChunkReader = createChunkReader();
  readonly #decoder: SseDecoder;

  constructor(queue: EventQueue, maxEventBytes: number) {
    this.#queue = queue;
    this.#decoder = createSseDecoder({ maxEventBytes, onEvent: (data, event) => this.#read(data, event) });
  }

  data(bytes: Buffer): void {
    // A connection that goes on after the end is not worth keeping.
    if (this.#queue.isEnded) throw new Error('the upstream goes on after the end of its stream');
    this.#decoder.feed(bytes);
  }

  end(): void {
    this.#decoder.end();
    if (!this.#queue.isEnded) this.#finish(false);
  }

  settle(): boolean {
    if (!this.#queue.isEnded) this.#finish(false);
    return true;
  }

  fail(error: ApiError): void {
    this.#queue.fail(error);
  }

  cut(error: ApiError): void {
    // All was said: at most the token counts are missing.
    if (this.#reader.isFinished() && !this.#queue.isEnded) this.#finish(false);
    else this.#queue.fail(error);
  }

  #read(data: string, event: string | undefined): void {
    // Sent to keep the connection alive.
    if (data === '') return;
    if (data === '[DONE]') {
      this.#finish(true);
      return;
    }
    if (event === 'error') throw toStreamError(data);
    // Each field is checked where it is read.
    const chunk = parseObject(data) as ChatChunk;
    this.#queue.push(this.#reader.read(chunk));
    if (chunk.usage || (Array.isArray(chunk.choices) && chunk.choices.length > 0)) this.signs += 1;
    if (this.#reader.isFinished()) this.stage = 'finished';
  }

  #finish(isDone: boolean): void {
    this.signs += 1;
    this.stage = 'done';
    this.#queue.push(this.#reader.end(isDone));
    this.#queue.end();
  }
}

export interface CollectedBodyOptions {
  /** Bytes beyond these make `data` throw. */
  maxBytes: number;
  /** The error that `data` throws beyond them. */
  tooLong: () => Error;
  onEnd(text: string): void;
  /** `text` is what came before the error. */
  onFail(error: ApiError, text: string): void;
}

const closingBrace = 0x7d;
const lastBlank = 0x20;

/** A body that is only of use whole. */
export class CollectedBody implements ResponseBody {
  signs = 0;
  stage: BodyStage = 'open';
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
    if (!bytes.some((byte) => byte > lastBlank)) return;
    this.signs += 1;
    this.stage = bytes.at(bytes.findLastIndex((byte) => byte > lastBlank)) === closingBrace ? 'finished' : 'open';
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
    return Buffer.concat(this.#chunks).toString();
  }
}
