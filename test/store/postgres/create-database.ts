import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { TestServer } from './test-server.ts';

/** Creates a database on a server that several test files share. Its locks and notifications are its own. */
export async function createDatabase(server: string): Promise<TestServer> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name}`);
  return {
    url: Object.assign(new URL(server), { pathname: name }).href,
    isTemporary: true,
    [Symbol.asyncDispose]: () => query(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
