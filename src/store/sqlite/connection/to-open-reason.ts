import { SqliteError } from 'better-sqlite3';
import { toPrimaryCode } from './to-store-error.ts';

const unwritable = 'the file or its folder cannot be written';

/** Reasons for the operator, by code of the file system or SQLite. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists',
  EACCES: unwritable,
  EPERM: unwritable,
  EROFS: unwritable,
  SQLITE_CANTOPEN: unwritable,
  SQLITE_READONLY: unwritable,
  SQLITE_PERM: unwritable,
  SQLITE_NOTADB: 'it is not an SQLite database',
  SQLITE_BUSY: 'another process has locked it',
};

/** Returns why a database could not be opened, as a clause without a full stop. */
export function toOpenReason(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reasons[toCode(reason)] ?? reason.message;
}

function toCode(error: Error): string {
  if (error instanceof SqliteError) return toPrimaryCode(error.code);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
