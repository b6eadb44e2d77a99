import { SqliteError } from 'better-sqlite3';
import { ApiError } from '../../../errors/api-error.ts';

/** SQLite's primary result codes that the machine causes, with what the client is told. The rest are bugs of ours. */
const messages: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The store is full.',
  SQLITE_READONLY: 'The store can only be read at the moment.',
  SQLITE_PERM: 'The store can only be read at the moment.',
  SQLITE_BUSY: 'The store is busy. Please try again.',
  SQLITE_LOCKED: 'The store is busy. Please try again.',
  SQLITE_PROTOCOL: 'The store is busy. Please try again.',
  SQLITE_IOERR: 'The store could not be read or written.',
  SQLITE_CANTOPEN: 'The store could not be read or written.',
  SQLITE_NOMEM: 'The store could not be read or written.',
  SQLITE_CORRUPT: 'The store is damaged.',
  SQLITE_NOTADB: 'The store is damaged.',
};

/** A `store_unavailable` for what the machine refuses; anything else comes back as it is. */
export function toStoreError(reason: unknown): unknown {
  const message = reason instanceof SqliteError ? messages[toPrimaryCode(reason.code)] : undefined;
  return message === undefined ? reason : new ApiError('store_unavailable', message, { cause: reason });
}

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`. */
export const toPrimaryCode = (code: string): string => code.split('_', 2).join('_');
