import type { Client } from 'pg';
import { readSql } from '../../shared/read-sql.ts';
import { advisoryLocks, insertLockNumbers } from './advisory-locks.ts';

const read = (...files: string[]): string => insertLockNumbers(readSql(import.meta.url, ...files));

/**
 * Forward only: a released entry is never edited, the next one is appended. Entry N upgrades a schema from version N to
 * N + 1. Servers of the previous version may use the schema during the upgrade and after it.
 */
export const migrations: readonly string[] = [
  read('version-1-tables.sql', 'version-1-functions.sql', 'version-1-run-functions.sql'),
  read('version-2.sql'),
  read('version-3.sql'),
  read('version-4.sql'),
  read('version-5.sql'),
  read('version-6.sql'),
];

/** The name of the column marks the table as ours. */
const createVersion = 'CREATE TABLE schema_version (talaria integer NOT NULL); INSERT INTO schema_version VALUES (0)';

/**
 * Upgrades the schema to the newest version. Other servers that start at the same time wait. Rejects with an `Error`
 * for the operator when the schema is newer than this code, and with the database's error when it cannot be written.
 */
export async function migrate(client: Client): Promise<void> {
  if ((await readVersion(client)) === migrations.length) return;
  await client.query('BEGIN');
  // Two schemas of one database are upgraded independently.
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [advisoryLocks.schema_lock]);
  const version = await readVersion(client);
  if (version === undefined) await client.query(createVersion);
  for (const migration of migrations.slice(version ?? 0)) await client.query(migration);
  await client.query('UPDATE schema_version SET talaria = $1', [migrations.length]);
  await client.query('COMMIT');
}

/** Returns `undefined` for an empty schema. (`to_regclass` reads a cache that may miss tables of other connections.) */
async function readVersion(client: Client): Promise<number | undefined> {
  const { rowCount } = await client.query(`
    SELECT FROM pg_class WHERE relname = 'schema_version' AND relnamespace = current_schema()::regnamespace`);
  if (rowCount === 0) return undefined;
  const { rows } = await client.query<{ version: number }>('SELECT talaria AS version FROM schema_version');
  const version = rows[0]?.version ?? 0;
  if (version > migrations.length) {
    throw new Error(
      `it was written by a newer version (schema ${version}; this version supports up to ${migrations.length})`,
    );
  }
  return version;
}
