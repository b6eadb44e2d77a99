import { MappedFlow } from '../flow/mapped-flow.ts';
import type { AgentEventBatch } from './agent-client.ts';

/** Passes an answer on, and releases what it holds at the end. A generator that was never started would not. */
export class ReleasingAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  readonly #release: () => void;

  /** `release` must be idempotent. */
  constructor(batches: AsyncIterable<AgentEventBatch>, release: () => void) {
    super(batches);
    this.#release = release;
  }

  protected override map(batch: AgentEventBatch): AgentEventBatch {
    return batch;
  }

  protected override over(): undefined {
    this.#release();
  }
}
