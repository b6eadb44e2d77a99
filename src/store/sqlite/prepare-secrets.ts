import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Connection } from './connection/connection.ts';

/** Returns a function that reads the secret of a name and creates it at the first call. */
export function prepareSecrets(database: Database, connection: Connection): (name: string) => Buffer {
  const find = database.prepare<[string], Buffer>('SELECT bytes FROM secrets WHERE name = ?').pluck();
  const insert = database.prepare<[string, Buffer]>('INSERT INTO secrets VALUES (?, ?)');
  const create = (name: string): Buffer => {
    const secret = randomBytes(32);
    insert.run(name, secret);
    return secret;
  };
  // Reads first, so that existing secrets are available while the store is read-only.
  return (name) => connection.read(() => find.get(name)) ?? connection.write(() => find.get(name) ?? create(name));
}
