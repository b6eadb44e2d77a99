import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openDatabase } from '../../../src/store/sqlite/connection/open-database.ts';
import { createSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import type { StoreUnderTest } from '../suite/open-store.ts';

export interface TestFile extends Disposable {
  file: string;
}

/** Returns a path in a temporary folder that is removed on disposal. */
export function createTestFile(): TestFile {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-store-'));
  return {
    file: join(folder, 'store.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface TestDatabase extends StoreUnderTest {
  storedCount(): number;
  /** The connection of the store. Its settings affect the store. */
  database: Database;
  file: string;
}

export interface TestDatabaseOptions {
  /** Omitted: a file that is removed with the store. */
  file?: string;
  maxResponses?: number | undefined;
}

export function openTestDatabase({ file: path, maxResponses }: TestDatabaseOptions = {}): TestDatabase {
  const created = path === undefined ? createTestFile() : undefined;
  const file = path ?? created?.file ?? '';
  const database = openDatabase(file, 'NORMAL');
  const store = createSqliteStore(database, maxResponses);
  const others: Store[] = [];
  const another = async () => {
    const other = createSqliteStore(openDatabase(file, 'NORMAL'), maxResponses);
    others.push(other);
    return other;
  };
  return {
    database,
    file,
    store,
    storedCount: () => countStored(database),
    ...(file === ':memory:' ? {} : { another }),
    async [Symbol.asyncDispose]() {
      for (const other of others) await other[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      created?.[Symbol.dispose]();
    },
  };
}

/** Returns the bytes of the pages in use, without free pages and the log. */
export function usedBytes({ database }: TestDatabase): number {
  const read = (name: string) => Number(database.pragma(name, { simple: true }));
  return (read('page_count') - read('freelist_count')) * read('page_size');
}

/** SQL: orphaned rows and wrong counts. */
const leftBehind: Record<string, string> = {
  'items without a response': 'SELECT count(*) FROM items WHERE key >> 24 NOT IN (SELECT key FROM responses)',
  'items without a conversation':
    'SELECT count(*) FROM conversation_items WHERE key >> 32 NOT IN (SELECT key FROM conversations)',
  'items without a body':
    'SELECT count(*) FROM conversation_items WHERE body IS NULL AND item_key NOT IN (SELECT key FROM items)',
  'contents without a chat completion':
    'SELECT count(*) FROM chat_completion_contents WHERE completion_key NOT IN (SELECT key FROM chat_completions)',
  'events without a run': `WITH RECURSIVE chain (key) AS (
      SELECT tail FROM runs UNION ALL SELECT previous FROM chain JOIN run_events USING (key)
    )
    SELECT count(*) FROM run_events WHERE key NOT IN (SELECT key FROM chain WHERE key IS NOT NULL)`,
  'logs counted wrongly': `SELECT count(*) FROM runs JOIN run_events AS last ON last.key = tail
    WHERE events <> last.first + length(body) - length(replace(body, char(30), '')) + 1`,
  'steps without a log': 'SELECT count(*) FROM run_steps WHERE run_key NOT IN (SELECT key FROM runs WHERE expired = 0)',
  'requests of runs that have ended':
    'SELECT count(*) FROM run_requests WHERE run_key NOT IN (SELECT key FROM runs WHERE ended_at IS NULL)',
  'hidden responses that expire': 'SELECT count(*) FROM responses WHERE used IS NULL AND expires_at IS NOT NULL',
  'conversations counted wrongly': 'SELECT (SELECT count(*) FROM conversations) - conversations FROM totals',
  'chat completions counted wrongly': 'SELECT (SELECT count(*) FROM chat_completions) - chat_completions FROM totals',
};

/** Counts responses, including hidden ones. Throws when there are orphaned rows. */
export function countStored(database: Database): number {
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0;
  const responses = count('SELECT count(*) FROM responses');
  const resources = count('SELECT count(*) FROM resources');
  if (resources !== responses) throw new Error(`${resources} resources of ${responses} responses`);
  for (const [what, sql] of Object.entries(leftBehind)) {
    if (count(sql) !== 0) throw new Error(`${count(sql)} ${what}`);
  }
  return responses;
}
