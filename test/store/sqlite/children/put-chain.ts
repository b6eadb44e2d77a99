import { argv, stdin, stdout } from 'node:process';
import { isConversationId, type ResponseId } from '../../../../src/ids.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { createStoredResponse } from '../../stored-response.ts';

/**
 * Waits for a byte on stdin, so that several processes start at once, then opens the file and puts a chain, writing
 * each id to stdout once it is acknowledged. Arguments: the file, the length of the chain, and optionally a
 * conversation, whose turns are put instead.
 */
const [file = '', length = '0', conversation = ''] = argv.slice(2);
const conversationId = isConversationId(conversation) ? conversation : undefined;
stdout.write('ready\n');
for await (const _ of stdin) break;
await using store = openSqliteStore({ file });
let parentId: ResponseId | undefined;
for (let turn = 0; turn < Number(length); turn++) {
  const response = createStoredResponse({ parentId, conversationId });
  parentId = conversationId ? undefined : response.id;
  await store.responses.put(response);
  stdout.write(`${response.id}\n`);
}
