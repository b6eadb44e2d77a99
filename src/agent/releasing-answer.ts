import type { AgentEventBatch } from './agent-client.ts';

/** Passes an answer on, and releases what it holds at the end. A generator that was never started would not. */
export class ReleasingAnswer implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #batches: AsyncIterator<AgentEventBatch>;
  readonly #release: () => void;

  /** `release` must be idempotent. */
  constructor(batches: AsyncIterable<AgentEventBatch>, release: () => void) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#release = release;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    try {
      const next = await this.#batches.next();
      if (!next.done) return next;
    } catch (error) {
      this.#release();
      throw error;
    }
    this.#release();
    return { done: true, value: undefined };
  }

  /** Stops the agent. */
  async return(): Promise<IteratorResult<AgentEventBatch, undefined>> {
    this.#release();
    await this.#batches.return?.();
    return { done: true, value: undefined };
  }
}
