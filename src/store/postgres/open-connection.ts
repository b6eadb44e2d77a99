import { Client } from 'pg';
import { limits } from '../../config/limits.ts';
import { Connection } from './connection.ts';
import { migrate } from './migrations.ts';
import type { Settings } from './settings.ts';
import { toOpenReason } from './to-open-reason.ts';

/**
 * Connects to a database and brings it to the newest version. Rejects with an `Error` that names the host and the database
 * (never the password) and what is wrong.
 */
export async function openConnection(settings: Settings): Promise<Connection> {
  // A migration may take as long as there is data. Whoever finds one under way waits for so long.
  const { statement_timeout: _, query_timeout: __, ...unhurried } = settings.client;
  const client = new Client({ ...unhurried, lock_timeout: limits.postgresMigrationMs });
  try {
    // What breaks the connection fails the query that is under way, too.
    client.on('error', () => {});
    await client.connect();
    await migrate(client);
  } catch (reason) {
    throw new Error(`Cannot open the store ${describe(client)}: ${toOpenReason(reason)}.`, { cause: reason });
  } finally {
    await client.end().catch(() => {});
  }
  return new Connection(settings);
}

const describe = ({ host, port, database }: Client): string => `postgres://${host}:${port}/${database ?? ''}`;
