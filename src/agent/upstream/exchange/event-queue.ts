import type { ApiError } from '../../../errors/api-error.ts';
import { ended, Flow, type Read, waiting } from '../../../flow/flow.ts';
import { toAbortError } from '../../abort.ts';
import type { AgentEvent, AgentEventBatch } from '../../agent-client.ts';
import type { RedactError } from '../errors/redact-error.ts';
import { SurrogateMender } from './surrogate-mender.ts';

const resolved = Promise.resolve();

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
 * Buffers events between a socket, which pushes, and one reader. Events pushed within one turn of the event loop form
 * one batch, and a slow reader receives all buffered events at once, so each read causes one write downstream.
 */
export class EventQueue extends Flow<AgentEventBatch> {
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
  #onReady: (() => void) | undefined;
  readonly #flush = () => this.#deliver();

  constructor(options: EventQueueOptions) {
    super();
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

  read(): Read<AgentEventBatch> {
    const { signal } = this.#options;
    // The source has removed its listener if it has ended.
    if (signal.aborted && this.#events.length > 0) this.cancel(toAbortError(signal));
    if (this.#events.length > 0) return this.#take();
    if (this.#error !== undefined) throw this.#takeError(this.#error);
    return this.#isEnded ? ended : waiting;
  }

  wait(onReady: () => void): void {
    this.#onReady = onReady;
  }

  async close(): Promise<void> {
    this.#isEnded = true;
    this.#events = [];
    this.#error = undefined;
    this.#deliver();
    this.#options.source.close();
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
    const onReady = this.#onReady;
    this.#onReady = undefined;
    if (onReady) onReady();
    else if (this.#events.length > 0) this.#countBatch();
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

  #takeError(error: ApiError): ApiError {
    this.#error = undefined;
    return error;
  }
}
