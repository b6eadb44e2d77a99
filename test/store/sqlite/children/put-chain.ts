import { argv, stdin, stdout } from 'node:process';
import type { ResponseId } from '../../../../src/ids.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { createStoredResponse } from '../../stored-response.ts';

/**
 * Waits for a byte on stdin, so that several processes start at once, then opens the file and puts a chain, writing
 * each id to stdout once it is acknowledged. Arguments: the file, the length of the chain.
 */
const [file = '', length = '0'] = argv.slice(2);
stdout.write('ready\n');
for await (const _ of stdin) break;
await using store = openSqliteStore({ file });
let parentId: ResponseId | undefined;
for (let turn = 0; turn < Number(length); turn++) {
  const response = createStoredResponse({ parentId });
  parentId = response.id;
  await store.responses.put(response);
  stdout.write(`${response.id}\n`);
}
