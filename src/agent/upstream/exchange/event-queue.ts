import { ApiError } from '../../../errors/api-error.ts';
import { toAbortError } from '../../abort.ts';
import type { AgentEvent, AgentEventBatch } from '../../agent-client.ts';
import type { RedactError } from '../errors/redact-error.ts';
import { SurrogateMender } from './surrogate-mender.ts';

const resolved = Promise.resolve();

type Result = IteratorResult<AgentEventBatch, undefined>;

/** The connection behind a queue. */
export interface EventSource {
  pause(): void;
  resume(): void;
  /** Called when the reader stops reading. */
  close(): void;
}

export interface EventQueueOptions {
  source: EventSource;
  signal: AbortSignal;
  /** Number of buffered batches at which the source is paused. */
  maxBatches: number;
  /** Applied to every error of the source. */
  redact?: RedactError;
}

/**
 * Buffers events between a socket, which pushes, and one reader, which pulls. Events pushed within one turn of the
 * event loop form one batch, and a slow reader receives all buffered events at once, so each read causes one write
 * downstream.
 */
export class EventQueue implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #options: EventQueueOptions;
  readonly #mender = new SurrogateMender();
  #events: AgentEvent[] = [];
  /** Number of batches in `#events`. */
  #batches = 0;
  #isPaused = false;
  #isFlushPlanned = false;
  #isEnded = false;
  /** Thrown once, after `#events` have been read. */
  #error: ApiError | undefined;
  #waiting: { resolve(result: Result): void; reject(error: ApiError): void } | undefined;
  readonly #flush = () => this.#deliver();

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Whether the queue has ended. Later events and errors are dropped. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  push(events: readonly AgentEvent[]): void {
    if (this.#isEnded || events.length === 0) return;
    for (const event of events) this.#mender.mend(event, this.#events);
    this.#planFlush();
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#planFlush();
  }

  /** Ends the queue with an error, which the reader receives after the buffered events. */
  fail(error: ApiError): void {
    if (this.#isEnded) return;
    this.#error = this.#options.redact?.(error) ?? error;
    this.end();
  }

  /** Drops buffered events and ends the queue with an error, even after its source has ended. */
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
    // The source has removed its listener if it has ended.
    if (signal.aborted && this.#events.length > 0) this.cancel(toAbortError(signal));
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

  /** Defers delivery to the end of this turn, so that all events of the turn form one batch. */
  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    // queueMicrotask would create an AsyncResource for each call.
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
