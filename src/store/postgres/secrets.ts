import { randomBytes } from 'node:crypto';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

const { find, insert } = nameStatements('secrets', {
  find: 'SELECT bytes FROM secrets WHERE name = $1',
  insert: 'INSERT INTO secrets VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
});

/** Returns a function that reads the secret of a name and creates it at the first call. */
export function createSecrets(connection: Connection): (name: string) => Promise<Buffer> {
  const read = async (name: string) => (await connection.row<{ bytes: Buffer }>(find, [name]))?.bytes;
  return async (name) => {
    const existing = await read(name);
    if (existing !== undefined) return existing;
    await connection.rows(insert, [name, randomBytes(32)]);
    const created = await read(name);
    if (created === undefined) throw new Error('A created secret was not found.');
    return created;
  };
}
