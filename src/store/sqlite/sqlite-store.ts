import type { Database } from 'better-sqlite3';
import type { Store } from '../store.ts';
import type { StoreLocation } from '../store-location.ts';
import { openDatabase } from './open-database.ts';
import { SqliteResponseStore } from './sqlite-response-store.ts';

export type SqliteStoreOptions = Omit<Extract<StoreLocation, { kind: 'sqlite' }>, 'kind'>;

/** Opens a file, which is created when it is not there. Throws an `Error` that names the file and what is wrong. */
export function openSqliteStore({ file, maxResponses, synchronous = 'NORMAL' }: SqliteStoreOptions): Store {
  return createSqliteStore(openDatabase(file, synchronous), maxResponses);
}

/** A store on an open database of the newest version, which it owns from now on. */
export function createSqliteStore(database: Database, maxResponses?: number): Store {
  const responses = new SqliteResponseStore(database, maxResponses);
  return {
    responses,
    check: () => responses.check(),
    async [Symbol.asyncDispose]() {
      responses.flush();
      database.close();
    },
  };
}
