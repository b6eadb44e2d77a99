import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';
import { toOpenReason } from './to-open-reason.ts';

/**
 * Writes a consistent copy of a database to a new file, while servers may write to the database. Throws an `Error` that names
 * the file and the reason, and leaves no incomplete copy.
 */
export function copyDatabase(file: string, target: string): void {
  if (!existsSync(file)) throw new Error(`The store ${resolve(file)} does not exist.`);
  try {
    // Readable by its owner only, as the store. Fails if the file exists.
    closeSync(openSync(target, 'wx', 0o600));
  } catch (reason) {
    throw toError(target, reason);
  }
  try {
    writeCopy(file, target);
    waitUntilStored(target);
  } catch (reason) {
    rmSync(target);
    throw toError(target, reason);
  }
}

/**
 * Reads in one transaction. SQLite's backup interface would start again after each write of another process, so it
 * might never end under load.
 */
function writeCopy(file: string, target: string): void {
  // Read-only, because only the server upgrades the store.
  const database = new SqliteDatabase(file, { readonly: true, timeout: limits.sqliteBusyMs });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

/** SQLite doesn't wait until the copy is on the disk. */
function waitUntilStored(target: string): void {
  const descriptor = openSync(target, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const toError = (target: string, reason: unknown): Error =>
  new Error(`Cannot copy the store to ${resolve(target)}: ${toOpenReason(reason)}.`, { cause: reason });
