/**
 * Calls back, once, after a time without a call of `note`. `note` only reads the clock: restarting a timer for each
 * token of each stream would cost more.
 */
export class IdleTimer implements Disposable {
  readonly #milliseconds: number;
  readonly #onIdle: () => void;
  #timer: NodeJS.Timeout;
  #notedAt: number | undefined;
  readonly #look = () => {
    const left = this.#notedAt === undefined ? 0 : this.#notedAt + this.#milliseconds - performance.now();
    this.#notedAt = undefined;
    if (left > 0) this.#timer = setTimeout(this.#look, Math.ceil(left));
    else this.#onIdle();
  };

  constructor(milliseconds: number, onIdle: () => void) {
    this.#milliseconds = milliseconds;
    this.#onIdle = onIdle;
    this.#timer = setTimeout(this.#look, milliseconds);
  }

  /** Starts the time again. */
  note(): void {
    this.#notedAt = performance.now();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
