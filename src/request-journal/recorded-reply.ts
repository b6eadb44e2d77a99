/** Keeps the text of a reply while it is sent, up to a number of characters. */
export class RecordedReply {
  readonly #max: number;
  readonly #chunks: string[] = [];
  #length = 0;
  #isTruncated = false;
  /** Whether the text is a stream of events. */
  isStream = false;

  constructor(max: number) {
    this.#max = max;
  }

  get length(): number {
    return this.#length;
  }

  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  get text(): string {
    return this.#chunks.join('');
  }

  add(chunk: string): void {
    // A later chunk would follow a gap.
    if (this.#isTruncated) return;
    if (this.#length + chunk.length > this.#max) {
      this.#isTruncated = true;
      return;
    }
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }
}
