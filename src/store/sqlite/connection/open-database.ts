import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import SqliteDatabase, { type Database, SqliteError } from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';
import type { SqliteSynchronous } from '../../../config/store-location.ts';
import { migrate } from '../migrations/migrate.ts';
import { toOpenReason } from './to-open-reason.ts';

/** A database of the newest version, ready to be written. Throws an `Error` that names the file and what is wrong. */
export function openDatabase(file: string, synchronous: SqliteSynchronous): Database {
  let database: Database | undefined;
  try {
    if (file !== ':memory:') createPrivateFile(file);
    database = new SqliteDatabase(file, { timeout: limits.sqliteBusyMs });
    switchToWriteAheadLog(database);
    database.pragma(`synchronous = ${synchronous}`);
    migrate(database);
    return database;
  } catch (reason) {
    database?.close();
    const name = file === ':memory:' ? file : resolve(file);
    throw new Error(`Cannot open the store ${name}: ${toOpenReason(reason)}.`, { cause: reason });
  }
}

/** What people said to an agent is nobody else's to read; SQLite gives its other files the same mode. */
function createPrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/** SQLite doesn't wait for this lock by itself: of two processes that open a new file at once, one fails. */
function switchToWriteAheadLog(database: Database): void {
  const deadline = Date.now() + limits.sqliteBusyMs;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (reason) {
      const busy = reason instanceof SqliteError && reason.code.startsWith('SQLITE_BUSY');
      if (!busy || Date.now() > deadline) throw reason;
      pause(limits.sqliteRetryMs);
    }
  }
}

/** Blocks the thread, as every SQLite call does. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
