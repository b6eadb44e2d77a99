import type { ResponseEvent } from '../responses-deps.ts';

/** Collects the events of one batch and numbers them: contiguous from 0 over the whole response. */
export class EventSink {
  #next: number;
  #batch: ResponseEvent[] = [];

  /** `next` is the number of the first event. */
  constructor(next = 0) {
    this.#next = next;
  }

  /** The number for the event about to be added. */
  number(): number {
    return this.#next++;
  }

  add(event: ResponseEvent): void {
    this.#batch.push(event);
  }

  /** What was added since the last call. */
  take(): ResponseEvent[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }
}
