/** A share of the latest run in the average of how long runs take. */
const latestShare = 0.1;
/** Ends for each slot, beyond which the older half is forgotten. */
const rounds = 4;

/**
 * Estimates how long a run waits for a slot. While all slots are taken, the rate at which runs end says so best. Before
 * as many have ended as there are slots, the ages of the running ones do: the average of ended runs does not know of long ones yet.
 */
export class WaitEstimate {
  readonly #slots: number;
  #averageMs = 1000;
  #running = 0;
  #startedSum = 0;
  /** Since all slots are taken. */
  #fullSince = 0;
  #ends = 0;
  /** Refused since; they come again, and compete for the same slots. */
  #refused = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Times are in milliseconds, on one clock. */
  began(now: number): void {
    this.#running += 1;
    this.#startedSum += now;
    if (this.#running < this.#slots || this.#ends > 0) return;
    this.#fullSince = now;
    this.#refused = 0;
  }

  /** `isFree`: no other run takes the slot at once. */
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

  /** Of a request that is refused while so many runs wait: until it would have had a slot. */
  refused(waiting: number, now: number): number {
    const ahead = waiting + 1 + this.#refused;
    // Spreads those that are refused together, and no more: a client that tries again all the time must not count each time.
    this.#refused = Math.min(this.#slots / 4, this.#refused + 1);
    return this.queueMs(ahead, now);
  }

  /** Until so many runs that wait have begun. */
  queueMs(waiting: number, now: number): number {
    const slots = this.#slots;
    if (this.#ends < slots) return (waiting * this.durationMs(now)) / slots;
    // Each of those that run is half done, on average.
    return (waiting * (now - this.#fullSince)) / (this.#ends + slots / 2);
  }

  /** Of one run. Where runs are of one length, those that run have lasted for half of it on average, or for up to all of it. */
  durationMs(now: number): number {
    const meanAge = this.#running > 0 ? now - this.#startedSum / this.#running : 0;
    return Math.max(this.#averageMs, 1.5 * meanAge);
  }
}
