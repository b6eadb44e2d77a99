import { randomBytes } from 'node:crypto';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

const { find, insert } = nameStatements('secrets', {
  find: 'SELECT bytes FROM secrets WHERE name = $1',
  insert: 'INSERT INTO secrets VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
});

/** Reads the secret of a name, which is made by whichever server asks first. */
export function createSecrets(connection: Connection): (name: string) => Promise<Buffer> {
  const read = async (name: string) => (await connection.row<{ bytes: Buffer }>(find, [name]))?.bytes;
  return async (name) => {
    const kept = await read(name);
    if (kept !== undefined) return kept;
    await connection.rows(insert, [name, randomBytes(32)]);
    const made = await read(name);
    if (made === undefined) throw new Error('A secret that was made is not there.');
    return made;
  };
}
