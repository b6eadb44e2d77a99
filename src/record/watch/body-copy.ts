import type { Transform } from 'node:stream';
import { contentDecoders } from '../../net/content-decoders.ts';

export interface BodyCopyOptions {
  /** The Content-Encoding. */
  coding: string | undefined;
  /** Of what waits to be decoded, and of what was decoded. What is beyond is not looked at. */
  maxBytes: number;
  /** Decoded bytes, never within `push`. */
  onData(bytes: Buffer): void;
}

/**
 * A copy of a body on its way, decoded. Looked at only after the bytes themselves have been passed on: what it takes
 * to check them never delays them.
 */
export class BodyCopy {
  readonly #options: BodyCopyOptions;
  readonly #decoder: Transform | undefined;
  #waiting = 0;
  #decoded = 0;
  readonly #ended = Promise.withResolvers<void>();
  /** On the wire. */
  bytes = 0;
  /** Why the rest was not looked at. */
  lost: 'too large' | 'unknown coding' | 'broken coding' | undefined;

  constructor(options: BodyCopyOptions) {
    this.#options = options;
    const coding = options.coding?.trim().toLowerCase() || 'identity';
    this.#decoder = coding === 'identity' ? undefined : this.#open(coding);
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.lost) return;
    this.#waiting += chunk.length;
    if (this.#waiting > this.#options.maxBytes) return this.#lose('too large');
    setImmediate(() => this.#take(chunk));
  }

  /** Resolves once everything was looked at. */
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
    decoder.on('data', (bytes: Buffer) => this.#give(bytes));
    decoder.once('error', () => this.#lose('broken coding'));
    decoder.once('end', () => this.#ended.resolve());
    return decoder;
  }

  #take(chunk: Buffer): void {
    if (this.lost) return;
    const done = () => {
      this.#waiting -= chunk.length;
    };
    if (this.#decoder) {
      this.#decoder.write(chunk, done);
      return;
    }
    done();
    this.#give(chunk);
  }

  #give(bytes: Buffer): void {
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
