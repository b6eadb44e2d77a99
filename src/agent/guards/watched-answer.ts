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
export class WatchedAnswer implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #watch: AnswerWatch;
  readonly #batches: AsyncIterator<AgentEventBatch>;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => void this.#end(this.#signal.reason);
  #isOver = false;
  #reported: Promise<void> | undefined;

  constructor(batches: AsyncIterable<AgentEventBatch>, signal: AbortSignal, watch: AnswerWatch) {
    this.#watch = watch;
    this.#batches = batches[Symbol.asyncIterator]();
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    try {
      const next = await this.#batches.next();
      if (!next.done) {
        // An aborted agent may still yield. The watch has its end.
        if (!this.#isOver) this.#watch.received(next.value);
        return next;
      }
    } catch (error) {
      await this.#end(error);
      throw error;
    }
    await this.#end();
    return { done: true, value: undefined };
  }

  /** Stops the agent. */
  async return(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    await this.#batches.return?.();
    await this.#end();
    return { done: true, value: undefined };
  }

  /** Reports the end, once. Returns the result of the report. */
  #end(error?: unknown): Promise<void> | undefined {
    if (this.#isOver) return this.#reported;
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#reported = this.#watch.ended(error);
    return this.#reported;
  }
}
