import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import SqliteDatabase, { type Database, SqliteError } from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';
import type { SqliteSynchronous } from '../../../config/store-location.ts';
import { StoreOpenError } from '../../store-open-error.ts';
import { migrate } from '../migrations/migrate.ts';
import { toOpenReason } from './to-open-reason.ts';

/** Opens a database and upgrades it to the newest version. Throws an `Error` that names the file and the reason. */
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
    throw new StoreOpenError(`Cannot open the store ${name}: ${toOpenReason(reason)}.`, { cause: reason });
  }
}

/**
 * Creates the file readable by its owner only, because it holds conversations. SQLite's other files inherit the mode.
 */
function createPrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/**
 * Retries while the file is locked. SQLite does not wait here, so two processes that open a new file would conflict.
 */
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
