/** Measures one time-out at a time: starting another replaces it. */
export class ExchangeTimer {
  #timer: NodeJS.Timeout | undefined;
  #onTimeOut: (() => void) | undefined;
  #milliseconds = 0;
  #isPaused = false;

  /** Starts a time-out. Starting the same one again reuses its timer, so it is cheap to call for every event. */
  measure(milliseconds: number, onTimeOut: () => void): void {
    if (this.#onTimeOut === onTimeOut && this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#onTimeOut = onTimeOut;
    this.#milliseconds = milliseconds;
    this.#timer = this.#isPaused ? undefined : setTimeout(onTimeOut, milliseconds);
  }

  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Starts the paused time-out from the beginning. */
  resume(): void {
    this.#isPaused = false;
    if (this.#onTimeOut) this.measure(this.#milliseconds, this.#onTimeOut);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onTimeOut = undefined;
  }
}
