import assert from 'node:assert/strict';
import type { Random } from '../../helpers/random.ts';
import { ServerGone, StoreOutOfReach, Victim } from '../victim.ts';

/** Servers that share a store and are killed at any moment. */
export class Fleet implements AsyncDisposable {
  readonly victims: readonly Victim[];
  readonly #random: Random;
  #troubleAt = Date.now();

  constructor(count: number, settings: () => Record<string, string>, random: Random) {
    this.victims = Array.from({ length: count }, () => new Victim(settings));
    this.#random = random;
  }

  get kills(): number {
    return this.victims.reduce((total, { kills }) => total + kills, 0);
  }

  /** Milliseconds since the last kill or start. */
  get quietMs(): number {
    return Date.now() - this.#troubleAt;
  }

  async start(victim: Victim): Promise<void> {
    await victim.start();
    this.#troubleAt = Date.now();
  }

  async kill(victim: Victim): Promise<void> {
    this.#troubleAt = Date.now();
    await victim.kill();
    this.#troubleAt = Date.now();
  }

  /** Returns a server that is up, or else one that will be. */
  pick(): Victim {
    const up = this.victims.filter(({ isUp }) => isUp);
    const all = up.length > 0 ? up : this.victims;
    const picked = all[this.#random(all.length)];
    assert.ok(picked);
    return picked;
  }

  /** Sends an idempotent request to any server until one lives long enough to reply. */
  async persist<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.pick().ask(path, init, read);
      } catch (error) {
        if (!(error instanceof ServerGone || error instanceof StoreOutOfReach)) throw error;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const victim of this.victims) await victim[Symbol.asyncDispose]();
  }
}
