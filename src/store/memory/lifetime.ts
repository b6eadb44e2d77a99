import { createClosedError } from '../shared/closed-error.ts';

/** Tracks for all parts of a store whether it is open. */
export class Lifetime {
  #closed = false;

  close(): void {
    this.#closed = true;
  }

  /** Throws a `store_unavailable` ApiError after `close`. */
  assertOpen(): void {
    if (this.#closed) throw createClosedError();
  }
}
