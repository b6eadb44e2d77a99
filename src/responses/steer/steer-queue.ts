import type { AgentEventBatch } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { SteerId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AnswerSteers } from './steered-answer.ts';

/** Input of the user for a running response. */
export interface Steer {
  id: SteerId;
  input: Schemas['SteerInput'];
}

/**
 * The steers of one run. They enter the events of the agent, so that each is committed in its place, as any other batch:
 * before its reader learns that it was accepted.
 */
export class SteerQueue implements AnswerSteers {
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

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Adds a steer. `false`: the run takes no more. */
  add(steer: Steer): boolean {
    if (this.#isClosed) return false;
    this.#waiting.push(steer);
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
    return true;
  }

  stop(): void {
    this.#isClosed = true;
  }

  /** Takes no more steers. Returns those that were not accepted. */
  close(): readonly Steer[] {
    this.stop();
    return this.#waiting.splice(0);
  }

  wait(onSteer: () => void): void {
    this.#wake = onSteer;
  }

  /** Counted before its commit: when that fails, the run fails too. */
  accept(): AgentEventBatch {
    const request = this.#queued.length === 0 ? this.#toRequest() : undefined;
    const accepted = this.#waiting.splice(0, 1);
    this.#queued.push(...accepted);
    return accepted.map(({ id, input }) => ({
      type: 'step',
      step: { type: 'steer-accepted', id, input, ...omitUndefined({ request }) },
    }));
  }
}
