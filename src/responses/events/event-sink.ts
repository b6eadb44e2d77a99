import type { ResponseEvent } from '../responses-deps.ts';

/** The sent events of these types. */
export type EventOf<Type extends ResponseEvent['type']> = Extract<ResponseEvent, { type: Type }>;

/** An event sink for a writer of these events: a sink for more events is one too. */
export interface Sink<in Event extends ResponseEvent> {
  /** Returns the number of the event about to be added. */
  number(): number;
  readonly add: (event: Event) => void;
}

/** Collects the events of one batch and numbers them: contiguous from 0 over the whole response. */
export class EventSink implements Sink<ResponseEvent> {
  #next: number;
  #batch: ResponseEvent[] = [];

  /** `next` is the number of the first event. */
  constructor(next = 0) {
    this.#next = next;
  }

  number(): number {
    return this.#next++;
  }

  add(event: ResponseEvent): void {
    this.#batch.push(event);
  }

  /** Returns the events added since the last call. */
  take(): ResponseEvent[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }
}
