import type { AgentEventBatch } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { SteerId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { AgentTools } from './agent-tools.ts';

/** Input of the user for a running response. */
export interface Steer {
  id: SteerId;
  input: Schemas['SteerInput'];
}

type Batches = AsyncIterable<AgentEventBatch> | readonly AgentEventBatch[];

/**
 * The steers of one run. They enter the events of the agent, so that each is committed in its place, as any other batch:
 * before its reader learns that it was accepted.
 */
export class SteerQueue {
  readonly #toRequest: () => string | undefined;
  /** Steers that are not committed yet. */
  readonly #waiting: Steer[] = [];
  readonly #queued: Steer[] = [];
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** `toRequest` returns the JSON that the journal keeps for the successor. */
  constructor(toRequest: () => string | undefined) {
    this.#toRequest = toRequest;
  }

  /** The accepted steers, oldest first. */
  get queued(): readonly Steer[] {
    return this.#queued;
  }

  /** The number of steers, accepted or about to be. */
  get size(): number {
    return this.#queued.length + this.#waiting.length;
  }

  /** Adds a steer. `false`: the run takes no more. */
  add(steer: Steer): boolean {
    if (this.#isClosed) return false;
    this.#waiting.push(steer);
    this.#wake?.();
    return true;
  }

  /** Takes no more steers. Returns those that were not accepted. */
  close(): readonly Steer[] {
    this.#isClosed = true;
    return this.#waiting.splice(0);
  }

  /** Adds the steers to the batches of the agent. Stops an agent that runs its own tools once the tools have ended. */
  async *merge(batches: Batches): AsyncGenerator<AgentEventBatch> {
    const iterator = toIterator(batches);
    const tools = new AgentTools();
    let read: Promise<IteratorResult<AgentEventBatch>> | undefined;
    let isOver = false;
    try {
      while (!isOver || this.#waiting.length > 0) {
        if (this.#waiting.length > 0) {
          yield this.#accept();
        } else if (this.#queued.length > 0 && tools.haveEnded) {
          yield [{ type: 'run-end', reason: 'incomplete', detail: 'steered' }];
          return;
        } else {
          read ??= iterator.next();
          const result = await this.#readUnlessSteered(read);
          if (!result) continue;
          read = undefined;
          isOver = result.done ?? false;
          if (result.done) continue;
          tools.note(result.value);
          yield result.value;
        }
      }
    } finally {
      this.#isClosed = true;
      // Not awaited: the agent may be silent, and the run ends with this.
      if (!isOver) iterator.return?.().catch(() => undefined);
    }
  }

  /** Counted before its commit: when that fails, the run fails too. */
  #accept(): AgentEventBatch {
    const request = this.#queued.length === 0 ? this.#toRequest() : undefined;
    const accepted = this.#waiting.splice(0, 1);
    this.#queued.push(...accepted);
    return accepted.map(({ id, input }) => ({
      type: 'step',
      step: { type: 'steer-accepted', id, input, ...omitUndefined({ request }) },
    }));
  }

  /** Resolves with the result, or with `undefined` when a steer arrives before. */
  #readUnlessSteered<Result>(read: Promise<Result>): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined);
      read.then(resolve, reject);
    });
  }
}

async function* toGenerator(batches: readonly AgentEventBatch[]): AsyncGenerator<AgentEventBatch> {
  yield* batches;
}

function toIterator(batches: Batches): AsyncIterator<AgentEventBatch> {
  return Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : toGenerator(batches);
}
