/** Remembers a change until `next` consumes it, so that a change between two reads is not missed. */
export class Changes {
  #changed = false;
  #wake: (() => void) | undefined;

  /** Records a change and wakes the waiting call. */
  note = (): void => {
    this.#changed = true;
    this.#wake?.();
  };

  /**
   * Resolves at the next change, or after `milliseconds`. Resolves immediately when a change was recorded since the last
   * call. Rejects with the signal's reason.
   */
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
