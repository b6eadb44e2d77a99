import type { IdempotencyStore, Reservation } from '../idempotency-store.ts';
import type { RunId } from '../run-store.ts';
import { toKey } from '../shared/to-key.ts';
import type { ReapRequest } from '../store.ts';
import { findExpired } from './bounds/find-expired.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryLeaseStore } from './memory-lease-store.ts';

interface Entry extends Reservation {
  began: boolean;
}

/** Idempotency keys in the memory of this process. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  readonly #lifetime: Lifetime;
  readonly #leases: MemoryLeaseStore;
  readonly #entries = new Map<string, Entry>();
  /** By tenant and run id. */
  readonly #byRun = new Map<string, Entry>();

  constructor(lifetime: Lifetime, leases: MemoryLeaseStore) {
    this.#lifetime = lifetime;
    this.#leases = leases;
  }

  async reserve(reservation: Reservation): Promise<Pick<Reservation, 'fingerprint' | 'id'> | undefined> {
    this.#lifetime.assertOpen();
    const { tenant, key, owner } = reservation;
    const existing = this.#entries.get(toKey(tenant, key));
    if (existing !== undefined && !this.#isFreeFor(owner, existing)) {
      return { fingerprint: existing.fingerprint, id: existing.id };
    }
    if (existing !== undefined) this.#remove(existing);
    const entry = { ...reservation, began: false };
    this.#entries.set(toKey(tenant, key), entry);
    this.#byRun.set(toKey(tenant, entry.id), entry);
    return undefined;
  }

  async free(tenant: string, id: RunId): Promise<void> {
    this.#lifetime.assertOpen();
    this.removeOf(tenant, id);
  }

  async unbegun(owner: string): Promise<Pick<Reservation, 'tenant' | 'id'>[]> {
    this.#lifetime.assertOpen();
    return Iterator.from(this.#entries.values())
      .filter((entry) => !entry.began && entry.owner === owner)
      .map(({ tenant, id }) => ({ tenant, id }))
      .toArray();
  }

  async freeUnbegun(tenant: string, id: RunId): Promise<void> {
    this.#lifetime.assertOpen();
    const entry = this.#byRun.get(toKey(tenant, id));
    if (entry?.began === false) this.#remove(entry);
  }

  /** Removes the key of a run, if it has one. */
  removeOf(tenant: string, id: RunId): void {
    const entry = this.#byRun.get(toKey(tenant, id));
    if (entry !== undefined) this.#remove(entry);
  }

  /** Marks a run as begun: its key is not freed any more when its server dies. */
  begin(tenant: string, id: RunId): void {
    const entry = this.#byRun.get(toKey(tenant, id));
    if (entry !== undefined) entry.began = true;
  }

  /** Whether a run has a key. */
  hasKey(tenant: string, id: RunId): boolean {
    return this.#byRun.has(toKey(tenant, id));
  }

  /** Removes expired keys and returns their number. */
  reap(request: ReapRequest): number {
    const expired = findExpired(this.#entries.values(), (entry) => entry.expiresAt, request);
    for (const entry of expired) this.#remove(entry);
    return expired.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#byRun.clear();
  }

  #isFreeFor(asking: string, { expiresAt, began, owner }: Entry): boolean {
    return expiresAt * 1000 <= Date.now() || (!began && owner !== asking && !this.#leases.isAlive(owner));
  }

  #remove({ tenant, key, id }: Entry): void {
    this.#entries.delete(toKey(tenant, key));
    this.#byRun.delete(toKey(tenant, id));
  }
}
