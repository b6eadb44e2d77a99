import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/sqlite/connection/open-database.ts';
import { countStored as countStoredInPostgres, createTestSchema } from '../store/postgres/test-database.ts';
import type { OwnServer, TestServer } from '../store/postgres/test-server.ts';
import { countStored as countStoredInSqlite, createTestFile } from '../store/sqlite/test-database.ts';

/** The store of the killed server. */
export interface CrashStore extends AsyncDisposable {
  /** Value of `STORE_URL`. */
  url: string;
  /** Checks the database of the dead server. Returns the number of responses. Throws when the database is damaged. */
  check(): Promise<number>;
  /** The database server, if it may be killed too. */
  database?: Pick<OwnServer, 'kill' | 'restart'>;
}

export function createSqliteCrashStore(): CrashStore {
  const created = createTestFile();
  return {
    url: `sqlite:${created.file}`,
    check: async () => checkCopy(created.file),
    async [Symbol.asyncDispose]() {
      created[Symbol.dispose]();
    },
  };
}

/** Checks a copy, so that the next server finds the database as the last one left it. */
function checkCopy(file: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-copy-'));
  try {
    const copy = join(folder, 'store.db');
    for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
    const database = openDatabase(copy, 'NORMAL');
    try {
      assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
      assert.deepEqual(database.pragma('foreign_key_check'), []);
      return countStoredInSqlite(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Creates a PostgreSQL store. `database`, if passed, is killed too, and must be `durable`. */
export async function createPostgresCrashStore(server: TestServer, database?: OwnServer): Promise<CrashStore> {
  const schema = await createTestSchema(server);
  return {
    url: schema.url,
    ...(database ? { database } : {}),
    check: () => countStoredInPostgres(schema),
    [Symbol.asyncDispose]: () => schema[Symbol.asyncDispose](),
  };
}
