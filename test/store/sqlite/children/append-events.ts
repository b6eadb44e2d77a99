import { argv, stdin, stdout } from 'node:process';
import { isResponseId } from '../../../../src/ids.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { createStoredResponse } from '../../stored-response.ts';
import { createRun } from '../../stored-run.ts';

/**
 * Waits for a byte on stdin, then begins the run of a response and appends events to it, each the number that it has,
 * and writes that number to stdout once it is acknowledged. Arguments: the file, the id, and how many events.
 */
const [file = '', id = '', length = '0'] = argv.slice(2);
stdout.write('ready\n');
for await (const _ of stdin) break;
await using store = openSqliteStore({ file });
if (!isResponseId(id)) throw new Error('It needs the id of a response.');
const run = createRun({ id });
await store.runs.begin(run, createStoredResponse({ id, output: [] }));
for (let number = 0; number < Number(length); number++) {
  if (await store.runs.append(run, [`${number}`])) stdout.write(`${number}\n`);
}
