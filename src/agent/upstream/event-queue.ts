import { ApiError } from '../../errors/api-error.ts';
import type { AgentEvent, AgentEventBatch } from '../agent-client.ts';
import type { RedactError } from './redact-error.ts';
import { toCancelled } from './to-cancelled.ts';

const resolved = Promise.resolve();

type Result = IteratorResult<AgentEventBatch, undefined>;

/** What the queue asks of the connection behind it. */
export interface EventSource {
  pause(): void;
  resume(): void;
  /** The reader wants no more. */
  close(): void;
}

export interface EventQueueOptions {
  source: EventSource;
  signal: AbortSignal;
  /** Batches not taken before the source is paused. */
  maxBatches: number;
  /** Every error of the source passes through it. */
  redact?: RedactError;
}

/**
 * Between the socket, which pushes, and one reader, who pulls. All that is pushed within one turn of the event loop
 * is one batch, and a reader who fell behind gets everything at once: either way one read, one write downstream.
 */
export class EventQueue implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #options: EventQueueOptions;
  #events: AgentEvent[] = [];
  /** Batches within `#events`. */
  #batches = 0;
  #isPaused = false;
  #isFlushPlanned = false;
  #isEnded = false;
  /** Thrown once, after `#events` were taken. */
  #error: ApiError | undefined;
  #waiting: { resolve(result: Result): void; reject(error: ApiError): void } | undefined;
  readonly #flush = () => this.#deliver();

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Nothing more can come: what is pushed or failed afterwards is dropped. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  push(events: readonly AgentEvent[]): void {
    if (this.#isEnded || events.length === 0) return;
    for (const event of events) this.#events.push(event);
    this.#planFlush();
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#planFlush();
  }

  /** The reader gets what was pushed before, then the error. */
  fail(error: ApiError): void {
    if (this.#isEnded) return;
    this.#error = this.#options.redact?.(error) ?? error;
    this.end();
  }

  /** The reader gets the error at once, even when the source has ended. */
  cancel(error: ApiError): void {
    this.#isEnded = true;
    this.#events = [];
    this.#error = error;
    this.#deliver();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    const { signal } = this.#options;
    if (this.#waiting !== undefined) return Promise.reject(new Error('An agent run has one reader at a time.'));
    // After the source ended nobody listens to the signal any more.
    if (signal.aborted && this.#events.length > 0) this.cancel(toCancelled(signal));
    if (this.#events.length > 0) return Promise.resolve({ done: false, value: this.#take() });
    if (this.#error !== undefined) return Promise.reject(this.#takeError());
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  return(): Promise<Result> {
    this.#isEnded = true;
    this.#events = [];
    this.#error = undefined;
    this.#deliver();
    this.#options.source.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Later, so that whatever else this turn pushes travels along. */
  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    // Not queueMicrotask, which makes an AsyncResource for each call.
    void resolved.then(this.#flush);
  }

  #deliver(): void {
    this.#isFlushPlanned = false;
    const reader = this.#waiting;
    if (reader === undefined) {
      if (this.#events.length > 0) this.#countBatch();
      return;
    }
    this.#waiting = undefined;
    if (this.#events.length > 0) reader.resolve({ done: false, value: this.#take() });
    else if (this.#error !== undefined) reader.reject(this.#takeError());
    else if (this.#isEnded) reader.resolve({ done: true, value: undefined });
    else this.#waiting = reader;
  }

  #countBatch(): void {
    this.#batches++;
    if (this.#isEnded || this.#isPaused || this.#batches < this.#options.maxBatches) return;
    this.#isPaused = true;
    this.#options.source.pause();
  }

  #take(): AgentEvent[] {
    const events = this.#events;
    this.#events = [];
    this.#batches = 0;
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#options.source.resume();
    }
    return events;
  }

  #takeError(): ApiError {
    const error = this.#error ?? new ApiError('internal_error', 'The run ended without a reason.');
    this.#error = undefined;
    return error;
  }
}
