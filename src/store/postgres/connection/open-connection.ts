import { Client } from 'pg';
import { limits } from '../../../config/limits.ts';
import { migrate } from '../migrations/migrate.ts';
import { Connection } from './connection.ts';
import type { Settings } from './settings.ts';
import { toOpenReason } from './to-open-reason.ts';

/**
 * Connects to a database and brings it to the newest version. Rejects with an `Error` that names the host and the database
 * (never the password) and what is wrong.
 */
export async function openConnection(settings: Settings): Promise<Connection> {
  let client: Client | undefined;
  try {
    // A migration may take as long as there is data. Whoever finds one under way waits for so long.
    const { statement_timeout: _, query_timeout: __, ...unhurried } = settings.client;
    client = new Client({ ...unhurried, ...(settings.prepare ? { lock_timeout: limits.postgresMigrationMs } : {}) });
    // What breaks the connection fails the query that is under way, too.
    client.on('error', () => {});
    await client.connect();
    await migrate(client);
  } catch (reason) {
    throw new Error(`Cannot open the store${describe(client)}: ${toOpenReason(reason)}.`, { cause: reason });
  } finally {
    await client?.end().catch(() => {});
  }
  return new Connection(settings);
}

const describe = (client: Client | undefined): string =>
  client ? ` postgres://${client.host}:${client.port}/${client.database ?? ''}` : '';
