import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { contentDecoders } from '../../../net/content-decoders.ts';

export interface DecodingOptions {
  /** The connection. */
  controller: Dispatcher.DispatchController;
  /** Passed to the handler. */
  outer: Dispatcher.DispatchController;
  handler: Dispatcher.DispatchHandler;
}

/**
 * Decodes one body and passes it on at the pace of its reader. Memory stays bounded: while the reader is paused the
 * decoders are too, and while they are full, the connection is.
 */
export class DecodingBody {
  readonly #options: DecodingOptions;
  readonly #codings: readonly string[];
  #first: Transform | undefined;
  #last: Transform | undefined;
  #isPaused = false;
  #isFull = false;
  #isOver = false;
  #trailers: IncomingHttpHeaders = {};

  /** `codings`: in the order in which they were applied. */
  constructor(codings: readonly string[], options: DecodingOptions) {
    this.#codings = codings;
    this.#options = options;
  }

  write(bytes: Buffer): void {
    this.#first ??= this.#open(bytes);
    if (this.#isOver || this.#first.write(bytes) || this.#isFull) return;
    this.#isFull = true;
    this.#options.controller.pause();
  }

  end(trailers: IncomingHttpHeaders): void {
    this.#trailers = trailers;
    if (this.#first) this.#first.end();
    else this.#options.handler.onResponseEnd?.(this.#options.outer, trailers);
  }

  pause(): void {
    this.#isPaused = true;
    this.#last?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#last?.resume();
  }

  destroy(): void {
    this.#isOver = true;
    this.#first?.destroy();
    this.#last?.destroy();
  }

  /** Connects the decoders when the first bytes have come, which show the kind of `deflate`. Returns the first one. */
  #open(bytes: Buffer): Transform {
    const { controller, outer, handler } = this.#options;
    const decoders = this.#codings.toReversed().map((coding, index) => createDecoder(coding, index, bytes));
    const onError = (error: Error) => {
      if (this.#isOver) return;
      this.destroy();
      controller.abort(error);
      handler.onResponseError?.(outer, error);
    };
    for (const decoder of decoders) decoder.on('error', onError);
    const last = decoders.reduce((from, to) => from.pipe(to));
    const [first = last] = decoders;
    first.on('drain', () => {
      this.#isFull = false;
      controller.resume();
    });
    last.on('data', (decoded: Buffer) => handler.onResponseData?.(outer, decoded));
    last.once('end', () => handler.onResponseEnd?.(outer, this.#trailers));
    if (this.#isPaused) last.pause();
    this.#last = last;
    return first;
  }
}

/** Some servers send `deflate` without the zlib header that RFC 9110, section 8.4.1.2, requires. */
function createDecoder(coding: string, index: number, [firstByte = 0]: Buffer): Transform {
  const isRaw = coding === 'deflate' && index === 0 && (firstByte & 0x0f) !== 8;
  const create = isRaw ? createInflateRaw : contentDecoders.get(coding);
  if (create === undefined) throw new Error(`unknown content coding ${coding}`);
  return create();
}
