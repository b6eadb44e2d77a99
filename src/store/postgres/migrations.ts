import type { Client } from 'pg';
import { version1 } from './migrations/version-1.ts';
import { version2 } from './migrations/version-2.ts';

/**
 * Forward only: a released entry is never edited, the next one is appended. Entry N brings a schema from version N to
 * N + 1. Servers of the version before may be at work while it runs and afterwards.
 */
export const migrations: readonly string[] = [version1, version2];

/** Taken by whoever brings the schema to another version: the ASCII codes of "Tlra". */
const lock = 0x546c7261;

/** The column's name marks the table as ours. */
const createVersion = 'CREATE TABLE schema_version (talaria integer NOT NULL); INSERT INTO schema_version VALUES (0)';

/**
 * Brings the schema to the newest version, alone: other servers that start wait. Rejects with an `Error` that says why when
 * the schema is newer than this code, and with the database's error when it can't be written.
 */
export async function migrate(client: Client): Promise<void> {
  if ((await readVersion(client)) === migrations.length) return;
  await client.query('BEGIN');
  // Two schemas of one database don't hinder each other.
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [lock]);
  const version = await readVersion(client);
  if (version === undefined) await client.query(createVersion);
  for (const migration of migrations.slice(version ?? 0)) await client.query(migration);
  await client.query('UPDATE schema_version SET talaria = $1', [migrations.length]);
  await client.query('COMMIT');
}

/** Undefined: there is nothing yet. (`to_regclass` would answer from a cache that may not know what others have made.) */
async function readVersion(client: Client): Promise<number | undefined> {
  const { rowCount } = await client.query(`
    SELECT FROM pg_class WHERE relname = 'schema_version' AND relnamespace = current_schema()::regnamespace`);
  if (rowCount === 0) return undefined;
  const { rows } = await client.query<{ version: number }>('SELECT talaria AS version FROM schema_version');
  const version = rows[0]?.version ?? 0;
  if (version > migrations.length) {
    throw new Error(`it was written by a newer version (schema ${version}; this one knows up to ${migrations.length})`);
  }
  return version;
}
