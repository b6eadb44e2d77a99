import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/store/sqlite/connection/open-database.ts';
import { createTestSchema } from '../../../test/store/postgres/test-database.ts';
import { startOwnServer } from '../../../test/store/postgres/test-server.ts';
import { durable } from '../growth/growth-place.ts';

/** A store for a server, with the size of its journal. */
export interface LoopPlace extends AsyncDisposable {
  name: string;
  /** Value of `STORE_URL`. */
  url: string;
  /** The bytes of all journalled steps, with indexes, and their number; `undefined` for a store in memory. */
  measureJournal(): Promise<{ bytes: number; rows: number } | undefined>;
}

export const memoryPlace = async (): Promise<LoopPlace> => ({
  name: 'memory',
  url: 'memory:',
  measureJournal: async () => undefined,
  async [Symbol.asyncDispose]() {},
});

export async function openSqlitePlace(): Promise<LoopPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-loop-'));
  const file = join(folder, 'loop.db');
  return {
    name: 'SQLite',
    url: `sqlite:${file}`,
    async measureJournal() {
      const database = openDatabase(file, 'NORMAL');
      try {
        const sizes = `SELECT sum(pgsize) FROM dbstat WHERE name IN ('run_steps', 'run_steps_by_run')`;
        const read = (sql: string) => Number(database.prepare(sql).pluck().get());
        return { bytes: read(sizes), rows: read('SELECT count(*) FROM run_steps') };
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rejects with the reason if PostgreSQL cannot run on this machine. */
export async function openPostgresPlace(): Promise<LoopPlace> {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startOwnServer(durable));
  const schema = stack.use(await createTestSchema(server));
  return {
    name: 'PostgreSQL',
    url: schema.url,
    async measureJournal() {
      const [row] = await schema.query<{ bytes: number; rows: number }>(
        `SELECT pg_total_relation_size('run_steps')::float8 AS bytes, (SELECT count(*) FROM run_steps)::float8 AS rows`,
      );
      return row;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
