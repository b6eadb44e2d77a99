/** Weight of the latest run in the average duration. */
const latestShare = 0.1;
/** Ended runs per slot beyond which the older half is dropped. */
const rounds = 4;

/**
 * Estimates how long a run waits for a slot. While all slots are taken, the rate of ending runs is the best measure. Until
 * as many runs have ended as there are slots, the ages of the running ones are: the average still lacks the long runs.
 */
export class WaitEstimate {
  readonly #slots: number;
  #averageMs = 1000;
  #running = 0;
  #startedSum = 0;
  /** Time since which all slots are taken. */
  #fullSince = 0;
  #ends = 0;
  /** Runs refused since then. They retry, and compete for the same slots. */
  #refused = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Records the start of a run. Times are in milliseconds, on one clock. */
  began(now: number): void {
    this.#running += 1;
    this.#startedSum += now;
    if (this.#running < this.#slots || this.#ends > 0) return;
    this.#fullSince = now;
    this.#refused = 0;
  }

  /** Records the end of a run. `isFree`: no other run takes its slot immediately. */
  ended(started: number, now: number, isFree: boolean): void {
    this.#running -= 1;
    this.#startedSum -= started;
    this.#averageMs += (now - started - this.#averageMs) * latestShare;
    this.#refused = Math.max(0, this.#refused - 1);
    this.#ends = isFree ? 0 : this.#ends + 1;
    if (this.#ends < rounds * this.#slots) return;
    this.#fullSince += (now - this.#fullSince) / 2;
    this.#ends /= 2;
  }

  /** Estimates the milliseconds until a refused request would have had a slot behind the waiting runs. */
  refused(waiting: number, now: number): number {
    const ahead = waiting + 1 + this.#refused;
    // Spreads requests that are refused together. Bounded, so that a client that retries constantly does not count each time.
    this.#refused = Math.min(this.#slots / 4, this.#refused + 1);
    return this.queueMs(ahead, now);
  }

  /** Estimates the milliseconds until so many waiting runs have begun. */
  queueMs(waiting: number, now: number): number {
    const slots = this.#slots;
    if (this.#ends < slots) return (waiting * this.durationMs(now)) / slots;
    // A running run is half done, on average.
    return (waiting * (now - this.#fullSince)) / (this.#ends + slots / 2);
  }

  /** Estimates the duration of one run. Running runs of one length have lasted for half of it on average, at most for all. */
  durationMs(now: number): number {
    const meanAge = this.#running > 0 ? now - this.#startedSum / this.#running : 0;
    return Math.max(this.#averageMs, 1.5 * meanAge);
  }
}
