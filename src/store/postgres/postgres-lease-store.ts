import type { LeaseStore } from '../lease-store.ts';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

export const leaseStatements = nameStatements('leases', {
  renew: `
    INSERT INTO servers VALUES ($1, clock_timestamp() + $2::bigint * interval '1 millisecond')
    ON CONFLICT (server) DO UPDATE SET expires_at = excluded.expires_at`,
  release: 'WITH gone AS (DELETE FROM servers WHERE server = $1) DELETE FROM locks WHERE server = $1',
  lock: `
    INSERT INTO locks AS held VALUES ($2, $1)
    ON CONFLICT (name) DO UPDATE SET server = excluded.server WHERE NOT is_alive(held.server)
    RETURNING true AS locked`,
  locksOf: 'SELECT name FROM locks WHERE server = $1',
  unlock: 'DELETE FROM locks WHERE name = $2 AND server = $1',
  /** Removes expired leases and their locks. */
  reap: `
    WITH free AS (DELETE FROM locks WHERE NOT is_alive(locks.server))
    DELETE FROM servers WHERE expires_at <= clock_timestamp()`,
});

/** Leases and locks in one PostgreSQL database. */
export class PostgresLeaseStore implements LeaseStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async renew(server: string, milliseconds: number): Promise<void> {
    await this.#connection.rows(leaseStatements.renew, [server, milliseconds]);
  }

  async release(server: string): Promise<void> {
    await this.#connection.rows(leaseStatements.release, [server]);
  }

  async lock(server: string, name: string): Promise<boolean> {
    return (await this.#connection.row(leaseStatements.lock, [server, name])) !== undefined;
  }

  async locksOf(server: string): Promise<string[]> {
    const rows = await this.#connection.rows<{ name: string }>(leaseStatements.locksOf, [server]);
    return rows.map(({ name }) => name);
  }

  async unlock(server: string, name: string): Promise<void> {
    await this.#connection.rows(leaseStatements.unlock, [server, name]);
  }
}
