import type { Database } from 'better-sqlite3';
import { version1 } from './migrations/version-1.ts';
import { version2 } from './migrations/version-2.ts';
import { version3 } from './migrations/version-3.ts';
import { version4 } from './migrations/version-4.ts';

/**
 * Forward only: a released entry is never edited, the next one is appended. Entry N brings a file from version N
 * (`PRAGMA user_version`) to N + 1.
 */
export const migrations: readonly string[] = [version1, version2, version3, version4];

/** Marks a file as ours (`PRAGMA application_id`): the ASCII codes of "Tlra". */
const applicationId = 0x546c7261;

/**
 * Brings a database to the newest version, alone: other handles wait. Throws an `Error` that says why when the file
 * is newer than this code or belongs to another application, and a `SqliteError` when it can't be written.
 */
export function migrate(database: Database): void {
  database.transaction(applyMigrations).immediate(database);
}

function applyMigrations(database: Database): void {
  const version = readNumber(database, 'PRAGMA user_version');
  if (readNumber(database, 'PRAGMA application_id') !== applicationId) {
    const tables = readNumber(database, 'SELECT count(*) FROM sqlite_schema');
    if (version !== 0 || tables !== 0) throw new Error('it belongs to another application');
    database.pragma(`application_id = ${applicationId}`);
  }
  if (version > migrations.length) {
    throw new Error(`it was written by a newer version (schema ${version}; this one knows up to ${migrations.length})`);
  }
  for (const migration of migrations.slice(version)) database.exec(migration);
  database.pragma(`user_version = ${migrations.length}`);
}

const readNumber = (database: Database, sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
