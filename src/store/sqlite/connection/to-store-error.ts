import { SqliteError } from 'better-sqlite3';
import { ApiError } from '../../../errors/api-error.ts';

/** Messages for the client, by primary result code of failures that the environment causes. Other codes are bugs. */
const messages: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The store is full.',
  SQLITE_READONLY: 'The store is read-only at the moment.',
  SQLITE_PERM: 'The store is read-only at the moment.',
  SQLITE_BUSY: 'The store is busy. Please try again.',
  SQLITE_LOCKED: 'The store is busy. Please try again.',
  SQLITE_PROTOCOL: 'The store is busy. Please try again.',
  SQLITE_IOERR: 'The store could not be read or written.',
  SQLITE_CANTOPEN: 'The store could not be read or written.',
  SQLITE_NOMEM: 'The store could not be read or written.',
  SQLITE_CORRUPT: 'The store is damaged.',
  SQLITE_NOTADB: 'The store is damaged.',
};

/** Maps failures of the environment to a `store_unavailable` ApiError. Returns other errors unchanged. */
export function toStoreError(reason: unknown): unknown {
  const message = reason instanceof SqliteError ? messages[toPrimaryCode(reason.code)] : undefined;
  return message === undefined ? reason : new ApiError('store_unavailable', message, { cause: reason });
}

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`. */
export const toPrimaryCode = (code: string): string => code.split('_', 2).join('_');
