import type { RunId } from './run-store.ts';

/** The key of a request that is to be done once, and the run that does it. */
export interface Reservation {
  tenant: string;
  /** As the client made it: 1 to 255 characters. */
  key: string;
  /** Tells requests apart: the same for the same operation and body alone. */
  fingerprint: string;
  id: RunId;
  /** The server that does it. */
  owner: string;
  /** Unix seconds. From then on the key is free. */
  expiresAt: number;
}

/** Keeps idempotency keys, each tenant's its own. Safe for concurrent calls, also from several handles on one database. */
export interface IdempotencyStore {
  /**
   * Reserves a key, durably: of calls that race for one, a single one gets `undefined`, which means that it has it. The
   * others get what holds it. A key is free when it has expired, when its run is there no more, and when its run never
   * began and its server's lease has run out. The server that has it may not take it again for that: whoever asks lives,
   * and may be about to begin, however late its signs of life are. A server that was only asleep can't begin the run whose
   * key another has taken since (see `NewRun.reserved`), so of one key's runs one at most begins.
   */
  reserve(reservation: Reservation): Promise<Pick<Reservation, 'fingerprint' | 'id'> | undefined>;

  /** Frees the key that a run has, if it has one. */
  free(tenant: string, id: RunId): Promise<void>;

  /** The runs of a server that have a key and have not begun. */
  unbegun(owner: string): Promise<Pick<Reservation, 'tenant' | 'id'>[]>;

  /** Frees the key of a run, unless the run has begun. */
  freeUnbegun(tenant: string, id: RunId): Promise<void>;
}
