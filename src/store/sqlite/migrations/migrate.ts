import type { Database } from 'better-sqlite3';
import { readSql } from '../../shared/read-sql.ts';

/**
 * Forward only: a released entry is never edited, the next one is appended. Entry N upgrades a file from version N
 * (`PRAGMA user_version`) to N + 1.
 */
export const migrations: readonly string[] = [
  readSql(import.meta.url, 'version-1.sql'),
  readSql(import.meta.url, 'version-2.sql'),
  readSql(import.meta.url, 'version-3.sql'),
  readSql(import.meta.url, 'version-4.sql'),
  readSql(import.meta.url, 'version-5.sql'),
  readSql(import.meta.url, 'version-6.sql'),
  readSql(import.meta.url, 'version-7.sql'),
  readSql(import.meta.url, 'version-8.sql'),
];

/** Marks a file as ours (`PRAGMA application_id`): the ASCII codes of "Tlra". */
const applicationId = 0x546c7261;

/**
 * Upgrades a database to the newest version in one exclusive transaction. Throws an `Error` for the operator when the
 * file is newer than this code or belongs to another application, and a `SqliteError` when it cannot be written.
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
    throw new Error(
      `it was written by a newer version (schema ${version}; this version supports up to ${migrations.length})`,
    );
  }
  for (const migration of migrations.slice(version)) database.exec(migration);
  database.pragma(`user_version = ${migrations.length}`);
}

const readNumber = (database: Database, sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
