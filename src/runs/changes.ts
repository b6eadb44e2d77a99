/** Remembers that something has changed until somebody asks for it: a change between two looks is not missed. */
export class Changes {
  #changed = false;
  #wake: (() => void) | undefined;

  /** Something has changed. */
  note = (): void => {
    this.#changed = true;
    this.#wake?.();
  };

  /** Resolves at the next change, at once when there was one since the last call, and after `milliseconds` at the latest. */
  async next(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#changed) await this.#wait(milliseconds, signal);
    this.#changed = false;
    signal.throwIfAborted();
  }

  #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake, { once: true });
      this.#wake = wake;
    });
  }
}
