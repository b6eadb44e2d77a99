/**
 * Tracks which servers are alive, and their exclusive locks. A server is alive as long as it renews its lease; the
 * locks of a dead server are free. All servers use the store's clock. Calls may be concurrent, also through several
 * handles on one database.
 */
export interface LeaseStore {
  /** Renews the lease of a server: it expires `milliseconds` from now. */
  renew(server: string, milliseconds: number): Promise<void>;

  /** Ends the lease of a server and frees its locks. Its running runs are orphaned at once. */
  release(server: string): Promise<void>;

  /** Acquires the lock with this name. `false`: a live server holds it, possibly this one. */
  lock(server: string, name: string): Promise<boolean>;

  /** Returns the names of the locks that a server holds. */
  locksOf(server: string): Promise<string[]>;

  /** Frees a lock. Does nothing when the server does not hold it. */
  unlock(server: string, name: string): Promise<void>;
}
