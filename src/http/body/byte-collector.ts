/** Smaller chunks are copied into blocks: each would keep an object and its whole read buffer in memory. */
const smallChunk = 4096;
const blockBytes = 64 * 1024;

/** Larger bodies are copied into one buffer: separate chunks would stay in memory until the next full collection. */
const largeBytes = 256 * 1024;

/** Collects the chunks of one body, at a cost that does not depend on their sizes. */
export class ByteCollector {
  #chunks: Buffer[] = [];
  /** Copies of small chunks in its first `#used` bytes. */
  #block: Buffer | undefined;
  #used = 0;
  #size = 0;
  /** A large body in its first `#size` bytes. */
  #whole: ArrayBuffer | undefined;

  get size(): number {
    return this.#size;
  }

  add(chunk: Buffer): void {
    if (this.#whole || this.#size + chunk.length > largeBytes) return this.#addLarge(chunk);
    // Most bodies are one chunk.
    const isFirst = this.#size === 0;
    this.#size += chunk.length;
    if (isFirst || chunk.length >= smallChunk) {
      this.#endBlock();
      this.#chunks.push(chunk);
      return;
    }
    if (this.#block && this.#used + chunk.length > this.#block.length) this.#endBlock();
    this.#block ??= Buffer.allocUnsafe(blockBytes);
    this.#used += chunk.copy(this.#block, this.#used);
  }

  /** Returns all bytes in one buffer and empties the collector. */
  take(): Buffer {
    if (this.#whole) {
      const bytes = Buffer.from(this.#whole.transfer(this.#size));
      this.#whole = undefined;
      this.#size = 0;
      return bytes;
    }
    this.#endBlock();
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [];
    this.#size = 0;
    return bytes;
  }

  #addLarge(chunk: Buffer): void {
    const size = this.#size + chunk.length;
    const before = this.#whole ?? copy(this.take());
    // Doubling is cheap: untouched pages use no memory.
    this.#whole = size > before.byteLength ? before.transfer(Math.max(2 * before.byteLength, size)) : before;
    chunk.copy(new Uint8Array(this.#whole), size - chunk.length);
    this.#size = size;
  }

  #endBlock(): void {
    if (!this.#block) return;
    this.#chunks.push(this.#block.subarray(0, this.#used));
    this.#block = undefined;
    this.#used = 0;
  }
}

const copy = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
