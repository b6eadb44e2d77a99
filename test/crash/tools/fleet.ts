import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../helpers/random.ts';
import { ServerGone, StoreOutOfReach, Victim } from '../victim.ts';

/** A loaded machine may keep a server from its database for longer than its limits allow, but not for as long as this. */
const longestOutageMs = 60_000;
const outagePauseMs = 100;

/** Servers that share a store and are killed at any moment. */
export class Fleet implements AsyncDisposable {
  readonly victims: readonly Victim[];
  readonly #random: Random;
  #troubleAt = Date.now();
  /** Time of the first of the consecutive replies that the database is unavailable. */
  #unavailableAt: number | undefined;
  /** Replies that the database is unavailable. */
  unavailable = 0;

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

  /**
   * Sends a request to any server. Rejects with `ServerGone` when it was killed, or for a short time when it reports that
   * its database is unavailable.
   */
  async ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    try {
      const reply = await this.pick().ask(path, init, read);
      this.#unavailableAt = undefined;
      return reply;
    } catch (error) {
      if (!(error instanceof StoreOutOfReach)) throw error;
      this.unavailable += 1;
      this.#unavailableAt ??= Date.now();
      if (Date.now() - this.#unavailableAt > longestOutageMs) throw error;
      await pause(outagePauseMs);
      throw new ServerGone('the database was unavailable', { cause: error });
    }
  }

  /** Sends an idempotent request to any server until one lives long enough to reply. */
  async persist<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.ask(path, init, read);
      } catch (error) {
        if (!(error instanceof ServerGone)) throw error;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const victim of this.victims) await victim[Symbol.asyncDispose]();
  }
}
