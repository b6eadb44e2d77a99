import type { LeaseStore } from '../store/lease-store.ts';
import type { BackgroundTasks } from './background-tasks.ts';

/** The locks of one server, exclusive among all servers of the store. */
export class Locks {
  readonly #leases: LeaseStore;
  readonly #server: string;
  readonly #tasks: BackgroundTasks;
  /** Names of locks that this server holds, or may hold. */
  readonly #held = new Set<string>();

  constructor(leases: LeaseStore, server: string, tasks: BackgroundTasks) {
    this.#leases = leases;
    this.#server = server;
    this.#tasks = tasks;
  }

  /** Takes a lock; `undefined`: it is held. Disposing releases it, once. */
  async take(name: string): Promise<AsyncDisposable | undefined> {
    // Checked here too: when this server's lease has expired unnoticed, the store would grant the lock twice.
    if (this.#held.has(name)) return undefined;
    this.#held.add(name);
    const isLocked = await this.#leases.lock(this.#server, name).catch(async (error: unknown) => {
      // The lock may be taken all the same, if only the reply was lost.
      await this.#release(name);
      throw error;
    });
    if (isLocked) return this.#toLock(name);
    this.#held.delete(name);
    return undefined;
  }

  /** Releases locks that the store granted after their release, because a reply was lost: nothing here holds them. */
  async releaseStray(): Promise<void> {
    for (const name of await this.#leases.locksOf(this.#server)) {
      if (this.#held.has(name)) continue;
      this.#held.add(name);
      await this.#release(name);
    }
  }

  #toLock(name: string): AsyncDisposable {
    let isHeld = true;
    return {
      [Symbol.asyncDispose]: async () => {
        if (!isHeld) return;
        isHeld = false;
        await this.#release(name);
      },
    };
  }

  /** Counts the lock as held until its release is certain: a retry must not release it from its next holder. */
  #release(name: string): Promise<void> {
    return this.#tasks.settle('release-lock', async () => {
      await this.#leases.unlock(this.#server, name);
      this.#held.delete(name);
    });
  }
}
