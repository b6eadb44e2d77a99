import type { Database } from 'better-sqlite3';
import type { LeaseStore } from '../lease-store.ts';
import type { Connection } from './connection/connection.ts';
import { type LeaseStatements, prepareLeaseStatements } from './statements/lease-statements.ts';

/** Leases and locks in one SQLite database. It uses the clock of the machine, which all users of a file share. */
export class SqliteLeaseStore implements LeaseStore {
  readonly #connection: Connection;
  readonly #statements: LeaseStatements;

  constructor(database: Database, connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareLeaseStatements(database);
  }

  async renew(server: string, milliseconds: number): Promise<void> {
    this.#connection.write(() =>
      this.#statements.renew.run({ server, expiresAt: Date.now() + Math.ceil(milliseconds) }),
    );
  }

  async release(server: string): Promise<void> {
    this.#connection.write(() => {
      this.#statements.release.run({ server });
      this.#statements.unlockAll.run({ server });
    });
  }

  async lock(server: string, name: string): Promise<boolean> {
    return this.#connection.write(() => this.#statements.lock.run({ name, server, now: Date.now() }).changes > 0);
  }

  async locksOf(server: string): Promise<string[]> {
    return this.#connection.read(() => this.#statements.locksOf.all({ server }));
  }

  async unlock(server: string, name: string): Promise<void> {
    this.#connection.write(() => this.#statements.unlock.run({ name, server }));
  }

  /** Removes expired leases and their locks. */
  reap(): void {
    this.#connection.write(() => {
      this.#statements.deleteExpiredLeases.run({ now: Date.now() });
      this.#statements.deleteOrphanedLocks.run();
    });
  }
}
