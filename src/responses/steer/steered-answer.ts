import type { AgentEventBatch } from '../../agent/agent-client.ts';
import { ended, Flow, type Read, waiting } from '../../flow/flow.ts';
import { AgentTools } from './agent-tools.ts';

/** The steers of the run that the answer belongs to. */
export interface AnswerSteers {
  /** Whether steers wait to be accepted. */
  readonly areWaiting: boolean;
  /** The accepted steers. */
  readonly queued: readonly unknown[];
  /** Accepts the next steer. Returns its step. */
  accept(): AgentEventBatch;
  /** Calls back, once, when another steer waits. */
  wait(onSteer: () => void): void;
  /** Takes no more steers. */
  stop(): void;
}

/** Adds steers to the batches of an agent. Stops an agent that runs its own tools once the tools have ended. */
export class SteeredAnswer extends Flow<AgentEventBatch> {
  readonly #batches: Flow<AgentEventBatch>;
  readonly #steers: AnswerSteers;
  readonly #tools = new AgentTools();
  #isAnswered = false;
  #isOver = false;

  constructor(batches: Flow<AgentEventBatch>, steers: AnswerSteers) {
    super();
    this.#batches = batches;
    this.#steers = steers;
  }

  read(): Read<AgentEventBatch> {
    if (this.#isOver) return ended;
    try {
      return this.#read();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  wait(onReady: () => void): void {
    this.#steers.wait(onReady);
    this.#batches.wait(onReady);
  }

  async close(): Promise<void> {
    this.#end();
  }

  #read(): Read<AgentEventBatch> {
    if (this.#steers.areWaiting) return this.#steers.accept();
    if (!this.#isAnswered && this.#steers.queued.length > 0 && this.#tools.haveEnded) {
      this.#end();
      return [{ type: 'run-end', reason: 'incomplete', detail: 'steered' }];
    }
    const batch = this.#batches.read();
    if (batch === ended) {
      this.#isAnswered = true;
      this.#end();
    } else if (batch !== waiting) this.#tools.note(batch);
    return batch;
  }

  #end(): void {
    this.#isOver = true;
    this.#steers.stop();
    // Not awaited: the agent may be silent, and the run ends with this.
    if (!this.#isAnswered) this.#batches.close().catch(() => undefined);
  }
}
