import { setTimeout as delay } from 'node:timers/promises';

/** Decides when the requests of a run may start. */
export class Pacer {
  readonly #intervalMs: number;
  /** When the next request may start, in milliseconds of `performance.now`. */
  #nextAt = 0;
  #pausedUntil = 0;
  #waiting = 0;
  #waitingSince = 0;
  #waitedMs = 0;

  /** `rate`: requests per second; `undefined` sets no pace. */
  constructor(rate?: number) {
    this.#intervalMs = rate === undefined ? 0 : 1000 / rate;
  }

  /** Resolves when the next request may start. */
  async turn(): Promise<void> {
    const now = performance.now();
    const startAt = Math.max(now, this.#nextAt);
    this.#nextAt = startAt + this.#intervalMs;
    if (startAt <= now && this.#pausedUntil <= now) return;
    if (this.#waiting++ === 0) this.#waitingSince = now;
    try {
      await delay(startAt - now);
      // A reply may have extended the pause.
      for (let left = this.#leftMs(); left > 0; left = this.#leftMs()) await delay(left);
    } finally {
      if (--this.#waiting === 0) this.#waitedMs += performance.now() - this.#waitingSince;
    }
  }

  /** Starts no request for a while: the server is overloaded. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + milliseconds);
  }

  /** How long requests have waited, overlaps counted once. No time limit of an audit includes it. */
  get waitedMs(): number {
    return this.#waitedMs + (this.#waiting > 0 ? performance.now() - this.#waitingSince : 0);
  }

  #leftMs(): number {
    return Math.ceil(this.#pausedUntil - performance.now());
  }
}
