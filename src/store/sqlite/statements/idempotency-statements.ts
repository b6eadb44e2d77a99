import type { Database, Statement } from 'better-sqlite3';
import type { Reservation } from '../../idempotency-store.ts';
import { isAlive } from './lease-statements.ts';

type Held = Pick<Reservation, 'fingerprint' | 'id'>;

interface Named {
  tenant: string;
  key: string;
}

export interface IdempotencyStatements {
  reserve: Statement<Reservation & { now: number }>;
  find: Statement<Named, Held>;
  free: Statement<{ tenant: string; id: string }>;
  unbegun: Statement<{ owner: string }, Pick<Reservation, 'tenant' | 'id'>>;
  freeUnbegun: Statement<{ tenant: string; id: string }>;
  deleteExpired: Statement<{ now: number; limit: number }>;
}

/** Prepares the statements of the idempotency store. */
export function prepareIdempotencyStatements(database: Database): IdempotencyStatements {
  return {
    /** Changes nothing when the key is held. `@now`: Unix milliseconds. */
    reserve: database.prepare(`
      INSERT INTO idempotency_keys (tenant, key, fingerprint, run_id, owner, expires_at, began)
      VALUES (@tenant, @key, @fingerprint, @id, @owner, @expiresAt, 0)
      ON CONFLICT (tenant, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, run_id = excluded.run_id, owner = excluded.owner,
            expires_at = excluded.expires_at, began = 0
        WHERE idempotency_keys.expires_at * 1000 <= @now
           OR (began = 0 AND owner <> @owner AND NOT ${isAlive('idempotency_keys.owner')})`),
    find: database.prepare(`
      SELECT fingerprint, run_id AS id FROM idempotency_keys WHERE tenant = @tenant AND key = @key`),
    free: database.prepare('DELETE FROM idempotency_keys WHERE tenant = @tenant AND run_id = @id'),
    unbegun: database.prepare(`
      SELECT tenant, run_id AS id FROM idempotency_keys WHERE owner = @owner AND began = 0`),
    freeUnbegun: database.prepare(`
      DELETE FROM idempotency_keys WHERE tenant = @tenant AND run_id = @id AND began = 0`),
    deleteExpired: database.prepare(`
      DELETE FROM idempotency_keys WHERE (tenant, key) IN (
        SELECT tenant, key FROM idempotency_keys WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit
      )`),
  };
}
