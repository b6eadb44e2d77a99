import { argv, stdin, stdout } from 'node:process';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';

/** Waits for a byte on stdin, then writes the secret "name" of the file, in hexadecimal. */
const [file = ''] = argv.slice(2);
stdout.write('ready\n');
for await (const _ of stdin) break;
await using store = openSqliteStore({ file });
stdout.write(`${(await store.secret('name')).toString('hex')}\n`);
