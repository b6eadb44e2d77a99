import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Connection } from './connection/connection.ts';

/** Reads the secret of a name, which is made by whichever handle asks first. */
export function prepareSecrets(database: Database, connection: Connection): (name: string) => Buffer {
  const find = database.prepare<[string], Buffer>('SELECT bytes FROM secrets WHERE name = ?').pluck();
  const insert = database.prepare<[string, Buffer]>('INSERT INTO secrets VALUES (?, ?)');
  const make = (name: string): Buffer => {
    const secret = randomBytes(32);
    insert.run(name, secret);
    return secret;
  };
  // Read first: a store that can only be read at the moment still gives the secrets it has.
  return (name) => connection.read(() => find.get(name)) ?? connection.write(() => find.get(name) ?? make(name));
}
