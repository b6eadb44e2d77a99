import type { LeaseStore } from '../lease-store.ts';
import type { Lifetime } from './lifetime.ts';

/** Leases and locks in the memory of this process. It uses the monotonic clock. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #lifetime: Lifetime;
  /** When the lease of each server expires, in milliseconds of `performance.now()`. */
  readonly #leases = new Map<string, number>();
  /** The holder of each lock, alive or not. */
  readonly #locks = new Map<string, string>();

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime;
  }

  async renew(server: string, milliseconds: number): Promise<void> {
    this.#lifetime.assertOpen();
    this.#leases.set(server, performance.now() + milliseconds);
  }

  async release(server: string): Promise<void> {
    this.#lifetime.assertOpen();
    this.#leases.delete(server);
    for (const [name, holder] of this.#locks) if (holder === server) this.#locks.delete(name);
  }

  async lock(server: string, name: string): Promise<boolean> {
    this.#lifetime.assertOpen();
    const holder = this.#locks.get(name);
    if (holder !== undefined && this.isAlive(holder)) return false;
    this.#locks.set(name, server);
    return true;
  }

  async locksOf(server: string): Promise<string[]> {
    this.#lifetime.assertOpen();
    return [...this.#locks].flatMap(([name, holder]) => (holder === server ? [name] : []));
  }

  async unlock(server: string, name: string): Promise<void> {
    this.#lifetime.assertOpen();
    if (this.#locks.get(name) === server) this.#locks.delete(name);
  }

  isAlive(server: string): boolean {
    return (this.#leases.get(server) ?? 0) > performance.now();
  }

  /** Removes expired leases and their locks. */
  reap(): void {
    for (const server of this.#leases.keys()) if (!this.isAlive(server)) this.#leases.delete(server);
    for (const [name, holder] of this.#locks) if (!this.isAlive(holder)) this.#locks.delete(name);
  }

  clear(): void {
    this.#leases.clear();
    this.#locks.clear();
  }
}
