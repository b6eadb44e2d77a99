import { Client } from 'pg';
import { limits } from '../../../config/limits.ts';
import { StoreOpenError } from '../../store-open-error.ts';
import { migrate } from '../migrations/migrate.ts';
import { Connection } from './connection.ts';
import type { Settings } from './settings.ts';
import { toOpenReason } from './to-open-reason.ts';

/**
 * Connects to a database and upgrades its schema. Rejects with an `Error` for the operator that names the host, the
 * database (never the password) and the reason.
 */
export async function openConnection(settings: Settings): Promise<Connection> {
  let client: Client | undefined;
  try {
    // A migration takes as long as the data requires, and so does waiting for one of another server.
    const { statement_timeout: _, query_timeout: __, ...untimed } = settings.client;
    client = new Client({ ...untimed, ...(settings.prepare ? { lock_timeout: limits.postgresMigrationMs } : {}) });
    // A broken connection also fails the running query, which is handled below.
    client.on('error', () => {});
    await client.connect();
    await migrate(client);
  } catch (reason) {
    throw new StoreOpenError(`Cannot open the store${describe(client)}: ${toOpenReason(reason)}.`, { cause: reason });
  } finally {
    await client?.end().catch(() => {});
  }
  return new Connection(settings);
}

const describe = (client: Client | undefined): string =>
  client ? ` postgres://${client.host}:${client.port}/${client.database ?? ''}` : '';
