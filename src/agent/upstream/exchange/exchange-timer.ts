import { IdleTimer } from '../../../idle-timer.ts';

/** Measures one time-out at a time: starting another replaces it. */
export class ExchangeTimer {
  #timer: IdleTimer | undefined;
  #onTimeOut: (() => void) | undefined;
  #milliseconds = 0;
  #isPaused = false;

  /** Starts a time-out. Starting the same one again is cheap, for every event. */
  measure(milliseconds: number, onTimeOut: () => void): void {
    if (this.#onTimeOut === onTimeOut && this.#timer !== undefined) {
      this.#timer.note();
      return;
    }
    this.#stop();
    this.#onTimeOut = onTimeOut;
    this.#milliseconds = milliseconds;
    if (!this.#isPaused) this.#timer = new IdleTimer(milliseconds, onTimeOut);
  }

  pause(): void {
    this.#isPaused = true;
    this.#stop();
  }

  /** Starts the paused time-out from the beginning. */
  resume(): void {
    this.#isPaused = false;
    if (this.#onTimeOut) this.measure(this.#milliseconds, this.#onTimeOut);
  }

  clear(): void {
    this.#stop();
    this.#onTimeOut = undefined;
  }

  #stop(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
