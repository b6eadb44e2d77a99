import { MappedFlow } from '../../flow/mapped-flow.ts';
import type { AgentEventBatch } from '../agent-client.ts';

/** Watches one answer of an agent. */
export interface AnswerWatch {
  received(batch: AgentEventBatch): void;
  /**
   * Called once, last: the answer ended, failed or was left by its reader, or its run was aborted. The reader receives
   * the end once the promise resolves.
   */
  ended(error?: unknown): Promise<void> | undefined;
}

/** Passes an answer on, and to a watch. A generator would not report the end of an answer that nothing reads. */
export class WatchedAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  readonly #watch: AnswerWatch;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => void this.over(this.#signal.reason);
  #isOver = false;
  #reported: Promise<void> | undefined;

  constructor(batches: AsyncIterable<AgentEventBatch>, signal: AbortSignal, watch: AnswerWatch) {
    super(batches);
    this.#watch = watch;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  protected override map(batch: AgentEventBatch): AgentEventBatch {
    // An aborted agent may still yield. The watch has its end.
    if (!this.#isOver) this.#watch.received(batch);
    return batch;
  }

  /** Reports the end, once. Returns the result of the report. */
  protected override over(error?: unknown): Promise<void> | undefined {
    if (this.#isOver) return this.#reported;
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#reported = this.#watch.ended(error);
    return this.#reported;
  }
}
