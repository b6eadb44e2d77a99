/** Measures one time after the other: each new one replaces the one before. It stands still while it is paused. */
export class ExchangeTimer {
  #timer: NodeJS.Timeout | undefined;
  #onTime: (() => void) | undefined;
  #milliseconds = 0;
  #isPaused = false;

  /** Starts a time. The same once more starts it again, which costs no new timer. */
  measure(milliseconds: number, onTime: () => void): void {
    if (this.#onTime === onTime && this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#onTime = onTime;
    this.#milliseconds = milliseconds;
    this.#timer = this.#isPaused ? undefined : setTimeout(onTime, milliseconds);
  }

  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The time starts again from its beginning. */
  resume(): void {
    this.#isPaused = false;
    if (this.#onTime) this.measure(this.#milliseconds, this.#onTime);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onTime = undefined;
  }
}
