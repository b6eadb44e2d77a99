import type { Database } from 'better-sqlite3';
import type { IdempotencyStore, Reservation } from '../idempotency-store.ts';
import type { RunId } from '../run-store.ts';
import { toExactText } from '../shared/exact-text.ts';
import type { ReapRequest } from '../store.ts';
import type { Connection } from './connection/connection.ts';
import { type IdempotencyStatements, prepareIdempotencyStatements } from './statements/idempotency-statements.ts';

/** Idempotency keys in one SQLite database. */
export class SqliteIdempotencyStore implements IdempotencyStore {
  readonly #connection: Connection;
  readonly #statements: IdempotencyStatements;

  constructor(database: Database, connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareIdempotencyStatements(database);
  }

  async reserve({ key, ...rest }: Reservation): Promise<Pick<Reservation, 'fingerprint' | 'id'> | undefined> {
    const reservation = { ...rest, key: toExactText(key) };
    return this.#connection.write(() => {
      const { changes } = this.#statements.reserve.run({ ...reservation, now: Date.now() });
      return changes > 0 ? undefined : this.#statements.find.get(reservation);
    });
  }

  async free(tenant: string, id: RunId): Promise<void> {
    this.#connection.write(() => this.#statements.free.run({ tenant, id }));
  }

  async unbegun(owner: string): Promise<Pick<Reservation, 'tenant' | 'id'>[]> {
    return this.#connection.read(() => this.#statements.unbegun.all({ owner }));
  }

  async freeUnbegun(tenant: string, id: RunId): Promise<void> {
    this.#connection.write(() => this.#statements.freeUnbegun.run({ tenant, id }));
  }

  /** Removes expired keys and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deleteExpired.run({ now, limit }).changes);
  }
}
