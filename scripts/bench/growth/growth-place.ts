import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import SqliteDatabase from 'better-sqlite3';
import { Client } from 'pg';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { openDatabase } from '../../../src/store/sqlite/connection/open-database.ts';
import { createSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createTestSchema } from '../../../test/store/postgres/test-database.ts';
import { startOwnServer } from '../../../test/store/postgres/test-server.ts';

/** An empty store with its observable costs. */
export interface GrowthPlace extends AsyncDisposable {
  store: Store;
  /** Bytes of all stored data, including indexes. */
  usedBytes(): Promise<number>;
  /** Returns the SQL statements of a call; `undefined` for a store without SQL. */
  statementsOf(call: (store: Store) => Promise<unknown>): Promise<string[] | undefined>;
}

export interface GrowthBackend extends AsyncDisposable {
  name: string;
  open(): Promise<GrowthPlace>;
}

const maxResponses = 100_000;

export const memoryBackend: GrowthBackend = {
  name: 'memory (heap)',
  async open() {
    const store = createMemoryStore({ maxResponses });
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    return {
      store,
      async usedBytes() {
        collect();
        return process.memoryUsage().heapUsed;
      },
      statementsOf: async () => undefined,
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  },
  async [Symbol.asyncDispose]() {},
};

export const sqliteBackend: GrowthBackend = {
  name: 'SQLite',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'talaria-growth-'));
    const file = join(folder, 'growth.db');
    const database = openDatabase(file, 'NORMAL');
    const store = createSqliteStore(database);
    const read = (name: string) => Number(database.pragma(name, { simple: true }));
    return {
      store,
      // Pages in use: free pages of the file will be reused.
      usedBytes: async () => (read('page_count') - read('freelist_count')) * read('page_size'),
      async statementsOf(call) {
        const texts: string[] = [];
        const watched = new SqliteDatabase(file, { verbose: (text) => texts.push(String(text)) });
        await using again = createSqliteStore(watched);
        texts.length = 0;
        await call(again);
        return [...texts];
      },
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  async [Symbol.asyncDispose]() {},
};

/** Settings that make writes as slow as in production. */
export const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** Rejects with the reason if PostgreSQL cannot run on this machine. */
export async function startPostgresBackend(): Promise<GrowthBackend> {
  const server = await startOwnServer(durable);
  return {
    name: 'PostgreSQL',
    async open() {
      const stack = new AsyncDisposableStack();
      const schema = stack.use(await createTestSchema(server));
      const store = stack.use(await openPostgresStore({ url: schema.url }));
      return {
        store,
        async usedBytes() {
          const [row] = await schema.query<{ bytes: number }>(`
            SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`);
          return row?.bytes ?? 0;
        },
        statementsOf: (call) => watchClients(() => call(store)),
        [Symbol.asyncDispose]: () => stack.disposeAsync(),
      };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Records the queries of the driver's connections during a call; the pool delegates to them. */
async function watchClients(call: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const { query } = Client.prototype;
  Client.prototype.query = function watched(this: Client, ...given: unknown[]) {
    const [asked] = given;
    const isNamed = typeof asked === 'object' && asked !== null && 'text' in asked;
    texts.push(String(isNamed ? asked.text : asked));
    return Reflect.apply(query, this, given);
  };
  try {
    await call();
  } finally {
    Client.prototype.query = query;
  }
  return texts;
}
