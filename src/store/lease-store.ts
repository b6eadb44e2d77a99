/**
 * Says which servers live, and what they hold alone. A server lives as long as it renews its lease; what a dead one
 * held is free. Times go by the store's own clock, which all servers share. Safe for concurrent calls, also from several
 * handles on one database.
 */
export interface LeaseStore {
  /** A server lives for so many milliseconds from now. */
  renew(server: string, milliseconds: number): Promise<void>;

  /** A server is gone: its locks are free, and its running runs can be taken at once. */
  release(server: string): Promise<void>;

  /** Takes the lock of this name. `false`: a living server has it, be it this one. */
  lock(server: string, name: string): Promise<boolean>;

  /** The names of the locks that a server has. */
  locksOf(server: string): Promise<string[]>;

  /** Gives a lock back; nothing happens when the server has not got it. */
  unlock(server: string, name: string): Promise<void>;
}
