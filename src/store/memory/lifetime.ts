import { createClosedError } from '../shared/closed-error.ts';

/** Whether a store is still open, known to all of its parts. */
export class Lifetime {
  #closed = false;

  close(): void {
    this.#closed = true;
  }

  /** Throws a `store_unavailable` ApiError once it is closed. */
  assertOpen(): void {
    if (this.#closed) throw createClosedError();
  }
}
