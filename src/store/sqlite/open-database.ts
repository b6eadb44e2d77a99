import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import SqliteDatabase, { type Database, SqliteError } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { SqliteSynchronous } from '../store-location.ts';
import { migrate } from './migrations.ts';
import { toPrimaryCode } from './to-store-error.ts';

/** A database of the newest version, ready to be written. Throws an `Error` that names the file and what is wrong. */
export function openDatabase(file: string, synchronous: SqliteSynchronous): Database {
  let database: Database | undefined;
  try {
    assertFolder(file);
    database = new SqliteDatabase(file, { timeout: limits.sqliteBusyMs });
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    migrate(database);
    return database;
  } catch (reason) {
    database?.close();
    throw new Error(`Cannot open the store ${resolve(file)}: ${toReason(reason)}.`, { cause: reason });
  }
}

function assertFolder(file: string): void {
  if (file !== ':memory:' && !existsSync(dirname(file))) throw new Error('its folder does not exist');
}

function toReason(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  if (!(reason instanceof SqliteError)) return reason.message;
  switch (toPrimaryCode(reason.code)) {
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return 'the file or its folder cannot be written';
    case 'SQLITE_NOTADB':
      return 'it is not an SQLite database';
    case 'SQLITE_BUSY':
      return 'another process keeps it locked';
    default:
      return reason.message;
  }
}
