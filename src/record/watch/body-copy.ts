import type { Transform } from 'node:stream';
import { contentDecoders } from '../../net/content-decoders.ts';

export interface BodyCopyOptions {
  /** The Content-Encoding. */
  coding: string | undefined;
  /** Bound of both the bytes queued for decoding and the decoded bytes. Beyond it the body is not inspected. */
  maxBytes: number;
  /** Receives decoded bytes, asynchronously. */
  onData(bytes: Buffer): void;
}

/**
 * Decodes a copy of a forwarded body. Works asynchronously, after the bytes were forwarded, so that it never delays
 * them.
 */
export class BodyCopy {
  readonly #options: BodyCopyOptions;
  readonly #decoder: Transform | undefined;
  #queued = 0;
  #decoded = 0;
  readonly #ended = Promise.withResolvers<void>();
  /** Bytes on the wire. */
  bytes = 0;
  /** Why the rest was not inspected. */
  lost: 'too large' | 'unknown coding' | 'broken coding' | undefined;

  constructor(options: BodyCopyOptions) {
    this.#options = options;
    const coding = options.coding?.trim().toLowerCase() || 'identity';
    this.#decoder = coding === 'identity' ? undefined : this.#open(coding);
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.lost) return;
    this.#queued += chunk.length;
    if (this.#queued > this.#options.maxBytes) return this.#lose('too large');
    setImmediate(() => this.#decode(chunk));
  }

  /** Resolves when the whole body was inspected. */
  end(): Promise<void> {
    setImmediate(() => {
      if (this.#decoder && !this.lost && this.bytes > 0) this.#decoder.end();
      else this.#ended.resolve();
    });
    return this.#ended.promise;
  }

  #open(coding: string): Transform | undefined {
    const decoder = contentDecoders.get(coding)?.();
    if (!decoder) {
      this.lost = 'unknown coding';
      return undefined;
    }
    decoder.on('data', (bytes: Buffer) => this.#emit(bytes));
    decoder.once('error', () => this.#lose('broken coding'));
    decoder.once('end', () => this.#ended.resolve());
    return decoder;
  }

  #decode(chunk: Buffer): void {
    if (this.lost) return;
    const done = () => {
      this.#queued -= chunk.length;
    };
    if (this.#decoder) {
      this.#decoder.write(chunk, done);
      return;
    }
    done();
    this.#emit(chunk);
  }

  #emit(bytes: Buffer): void {
    if (this.lost) return;
    this.#decoded += bytes.length;
    if (this.#decoded > this.#options.maxBytes) this.#lose('too large');
    else this.#options.onData(bytes);
  }

  #lose(reason: NonNullable<BodyCopy['lost']>): void {
    this.lost ??= reason;
    this.#decoder?.destroy();
    this.#ended.resolve();
  }
}
