import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { openStore } from '../../src/store/open-store.ts';
import { localStores } from '../helpers/local-stores.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import type { TestServer } from '../store/postgres/test-server.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A way to back up a store in use. */
export interface BackupMethod {
  name: string;
  /** Opens an empty store. `backUp` copies it as it is now, and returns the `STORE_URL` of the restored copy. */
  open(): Promise<AsyncDisposable & { url: string; backUp(): Promise<string> }>;
}

/** `talaria backup`, as its own process. */
export const sqliteBackup: BackupMethod = {
  name: 'SQLite, by talaria backup',
  async open() {
    const { url, ...store } = await openSqlite();
    const copy = join(url.replace('sqlite:', ''), '../copy.db');
    const backUp = async () => {
      await run(process.execPath, [main, 'backup', copy], { env: { ...process.env, STORE_URL: url } });
      return `sqlite:${copy}`;
    };
    return { url, backUp, ...store };
  },
};

function openSqlite() {
  const kind = localStores.find(({ name }) => name === 'SQLite');
  if (!kind) throw new Error('SQLite is a local store.');
  return kind.open();
}

/** Copies each table in one snapshot, as `pg_dump` does, to a schema of the same database. */
export const snapshotBackup = (server: TestServer): BackupMethod => ({
  name: 'PostgreSQL, by a snapshot of its tables',
  async open() {
    const stack = new AsyncDisposableStack();
    const [source, target] = [stack.use(await createTestSchema(server)), stack.use(await createTestSchema(server))];
    const backUp = async () => {
      // Creates the tables.
      await (await openStore(toConfig(readEnvironment({ STORE_URL: target.url })).store))[Symbol.asyncDispose]();
      await copyTables(source, target.url);
      return target.url;
    };
    return { url: source.url, backUp, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  },
});

async function copyTables(source: Awaited<ReturnType<typeof createTestSchema>>, targetUrl: string): Promise<void> {
  const [{ from = '' } = {}] = await source.query<{ from: string }>('SELECT current_schema() AS from');
  const client = new Client({ connectionString: targetUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_version'",
    );
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    // Neither triggers nor foreign keys: the rows are what they made.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
    for (const { name } of rows) {
      await client.query(`INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM ${from}.${name}`);
    }
    await client.query(`
      SELECT setval(format('%I.%I', current_schema(), sequencename)::regclass, last_value)
      FROM pg_sequences WHERE schemaname = '${from}' AND last_value IS NOT NULL`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** The commands of PostgreSQL, between two databases. */
export const dumpBackup = (server: TestServer): BackupMethod => ({
  name: 'PostgreSQL, by pg_dump and pg_restore',
  async open() {
    const stack = new AsyncDisposableStack();
    const source = stack.use(await createDatabase(server));
    const target = stack.use(await createDatabase(server));
    const file = join(stack.use(await openSqlite()).url.replace('sqlite:', ''), '../talaria.dump');
    const backUp = async () => {
      await run('pg_dump', ['--format=custom', `--file=${file}`, source.url]);
      await run('pg_restore', ['--exit-on-error', '--no-owner', `--dbname=${target.url}`, file]);
      return target.url;
    };
    return { url: source.url, backUp, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  },
});

async function createDatabase(server: TestServer): Promise<AsyncDisposable & { url: string }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(server.url, `CREATE DATABASE ${name}`);
  return {
    url: Object.assign(new URL(server.url), { pathname: `/${name}` }).href,
    [Symbol.asyncDispose]: () => query(server.url, `DROP DATABASE ${name} WITH (FORCE)`).then(() => {}),
  };
}

async function query(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

/** Returns why `pg_dump` cannot be used: it is missing, or older than the server. */
export async function whyNoDump(server: TestServer): Promise<string | false> {
  const found = await run('pg_dump', ['--version']).catch(() => undefined);
  if (found === undefined) return 'pg_dump is not installed';
  const client = Number(/ (\d+)/.exec(found.stdout)?.[1]);
  const { rows } = await query(server.url, "SELECT current_setting('server_version_num')::integer / 10000 AS version");
  return client < rows[0].version && `pg_dump ${client} is older than the server, ${rows[0].version}`;
}
