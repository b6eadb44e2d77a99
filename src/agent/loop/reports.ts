/** A queue between several writers and one reader. */
export class Reports<Entry> {
  #entries: Entry[] = [];
  #failure: { reason: unknown } | undefined;
  #wake = Promise.withResolvers<void>();

  get isEmpty(): boolean {
    return this.#entries.length === 0 && !this.#failure;
  }

  add(entries: readonly Entry[]): void {
    this.#entries.push(...entries);
    this.#wake.resolve();
  }

  /** Lets the reader fail once it has read the entries before. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wake.resolve();
  }

  /** Resolves with all entries since the last call, at least one. */
  async take(): Promise<Entry[]> {
    await this.#wake.promise;
    const entries = this.#entries;
    if (entries.length === 0 && this.#failure) throw this.#failure.reason;
    this.#entries = [];
    if (!this.#failure) this.#wake = Promise.withResolvers<void>();
    return entries;
  }
}
