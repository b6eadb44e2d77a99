import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openDatabase } from '../../../src/store/sqlite/open-database.ts';
import { createSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import type { StoreUnderTest } from '../suite/open-store.ts';

export interface TestFile extends Disposable {
  file: string;
}

/** A path in a folder of its own, which is removed with everything in it. */
export function createTestFile(): TestFile {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-store-'));
  return {
    file: join(folder, 'store.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface TestDatabase extends StoreUnderTest {
  /** The connection that the store uses: what is set on it, the store meets. */
  database: Database;
  file: string;
}

export interface TestDatabaseOptions {
  /** Absent: a file that is removed with the store. */
  file?: string;
  maxResponses?: number | undefined;
}

export function openTestDatabase({ file: given, maxResponses }: TestDatabaseOptions = {}): TestDatabase {
  const created = given === undefined ? createTestFile() : undefined;
  const file = given ?? created?.file ?? '';
  const database = openDatabase(file, 'NORMAL');
  const store = createSqliteStore(database, maxResponses);
  return {
    database,
    file,
    store,
    kept: () => countKept(database),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      created?.[Symbol.dispose]();
    },
  };
}

/** Responses with rows of any kind, found by the items, so that rows left behind are seen. */
function countKept(database: Database): number {
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0;
  const responses = count('SELECT count(*) FROM responses');
  const resources = count('SELECT count(*) FROM resources');
  const orphans = count('SELECT count(*) FROM items WHERE key >> 24 NOT IN (SELECT key FROM responses)');
  if (resources !== responses || orphans > 0) throw new Error(`${resources} resources, ${orphans} items left behind`);
  return responses;
}
