import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { IdempotencyStore, Reservation } from '../idempotency-store.ts';
import type { RunId } from '../run-store.ts';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

type Holder = Pick<Reservation, 'fingerprint' | 'id'>;

export const idempotencyStatements = nameStatements('idempotency', {
  /** A concurrent reservation waits for the first and checks the committed row. */
  reserve: `
    INSERT INTO idempotency_keys AS held (tenant, key, fingerprint, id, owner, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, id = excluded.id, owner = excluded.owner,
          expires_at = excluded.expires_at, began = false
      WHERE held.expires_at <= extract(epoch FROM clock_timestamp())
        OR (NOT held.began AND held.owner <> excluded.owner AND NOT is_alive(held.owner))
    RETURNING true AS reserved`,
  find: 'SELECT fingerprint, id FROM idempotency_keys WHERE tenant = $1 AND key = $2',
  free: 'DELETE FROM idempotency_keys WHERE tenant = $1 AND id = $2',
  unbegun: 'SELECT tenant, id FROM idempotency_keys WHERE owner = $1 AND NOT began',
  freeUnbegun: 'DELETE FROM idempotency_keys WHERE tenant = $1 AND id = $2 AND NOT began',
  reap: `
    WITH due AS MATERIALIZED (
      SELECT tenant, key FROM idempotency_keys
      WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (
      DELETE FROM idempotency_keys AS held USING due
      WHERE held.tenant = due.tenant AND held.key = due.key RETURNING 1
    )
    SELECT count(*)::integer AS count FROM deleted`,
});

/** Idempotency keys in one PostgreSQL database. */
export class PostgresIdempotencyStore implements IdempotencyStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async reserve(reservation: Reservation): Promise<Holder | undefined> {
    const { tenant, key, fingerprint, id, owner, expiresAt } = reservation;
    const parameters = [tenant, key, fingerprint, id, owner, expiresAt];
    for (let attempt = 1; attempt <= limits.postgresAttempts; attempt++) {
      if (await this.#connection.row(idempotencyStatements.reserve, parameters)) return undefined;
      const holder = await this.#connection.row<Holder>(idempotencyStatements.find, [tenant, key]);
      // The key was freed between the two statements.
      if (holder) return holder;
    }
    throw new ApiError('store_unavailable', 'The store is busy. Please try again.');
  }

  async free(tenant: string, id: RunId): Promise<void> {
    await this.#connection.rows(idempotencyStatements.free, [tenant, id]);
  }

  unbegun(owner: string): Promise<Pick<Reservation, 'tenant' | 'id'>[]> {
    return this.#connection.rows(idempotencyStatements.unbegun, [owner]);
  }

  async freeUnbegun(tenant: string, id: RunId): Promise<void> {
    await this.#connection.rows(idempotencyStatements.freeUnbegun, [tenant, id]);
  }
}
