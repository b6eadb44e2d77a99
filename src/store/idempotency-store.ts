import type { RunId } from './run-store.ts';

/** The idempotency key of a request, and the run that executes the request. */
export interface Reservation {
  tenant: string;
  /** As the client sent it: 1 to 255 characters. */
  key: string;
  /** Identifies the operation and the body of the request. */
  fingerprint: string;
  id: RunId;
  /** The server that executes the run. */
  owner: string;
  /** Unix seconds. The key is free from this time on. */
  expiresAt: number;
}

/**
 * Stores the idempotency keys of each tenant. Calls may be concurrent, also through several handles on one database.
 */
export interface IdempotencyStore {
  /**
   * Reserves a key durably. Of concurrent calls with the same key, one gets `undefined` and holds the key. The others
   * get the reservation that holds it.
   *
   * A key is free when it has expired, when its run was removed, or when its run never began and the lease of its owner
   * has expired. The last case does not apply to the owner itself: it is alive and may be about to begin the run. A
   * server that lost a key this way cannot begin its run any more (see `NewRun.reserved`), so at most one run of a key
   * begins.
   */
  reserve(reservation: Reservation): Promise<Pick<Reservation, 'fingerprint' | 'id'> | undefined>;

  /** Frees the key of a run. Does nothing when no key names the run. */
  free(tenant: string, id: RunId): Promise<void>;

  /** Returns the runs of a server that have a key and have not begun. */
  unbegun(owner: string): Promise<Pick<Reservation, 'tenant' | 'id'>[]>;

  /** Frees the key of a run that has not begun. Does nothing once it has. */
  freeUnbegun(tenant: string, id: RunId): Promise<void>;
}
