import type { Database, Statement } from 'better-sqlite3';

interface Now {
  /** Unix milliseconds. */
  now: number;
}

interface Lock {
  name: string;
  server: string;
}

export interface LeaseStatements {
  renew: Statement<{ server: string; expiresAt: number }>;
  release: Statement<{ server: string }>;
  unlockAll: Statement<{ server: string }>;
  lock: Statement<Lock & Now>;
  locksOf: Statement<{ server: string }, string>;
  unlock: Statement<Lock>;
  deleteExpiredLeases: Statement<Now>;
  deleteOrphanedLocks: Statement<[]>;
}

/** SQL: whether a server is alive. `@now`: Unix milliseconds. */
export const isAlive = (server: string): string =>
  `EXISTS (SELECT 1 FROM leases WHERE leases.server = ${server} AND leases.expires_at > @now)`;

/** Prepares the statements of the lease store. */
export function prepareLeaseStatements(database: Database): LeaseStatements {
  return {
    renew: database.prepare(`
      INSERT INTO leases VALUES (@server, @expiresAt)
      ON CONFLICT (server) DO UPDATE SET expires_at = excluded.expires_at`),
    release: database.prepare('DELETE FROM leases WHERE server = @server'),
    unlockAll: database.prepare('DELETE FROM locks WHERE server = @server'),
    lock: database.prepare(`
      INSERT INTO locks VALUES (@name, @server)
      ON CONFLICT (name) DO UPDATE SET server = excluded.server WHERE NOT ${isAlive('locks.server')}`),
    locksOf: database.prepare<{ server: string }, string>('SELECT name FROM locks WHERE server = @server').pluck(),
    unlock: database.prepare('DELETE FROM locks WHERE name = @name AND server = @server'),
    deleteExpiredLeases: database.prepare('DELETE FROM leases WHERE expires_at <= @now'),
    deleteOrphanedLocks: database.prepare('DELETE FROM locks WHERE server NOT IN (SELECT server FROM leases)'),
  };
}
