import assert from 'node:assert/strict';
import { it } from 'node:test';
import { prepareChatCompletionStatements } from '../../../src/store/sqlite/chat-completion-statements.ts';
import { prepareConversationStatements } from '../../../src/store/sqlite/conversation-statements.ts';
import { prepareResponseStatements } from '../../../src/store/sqlite/response-statements.ts';
import { openTestDatabase } from './test-database.ts';

/** A look at every row of a table; the order of use may be read from its end, for one row or for those over a limit. */
const fullScan = /^SCAN (?!totals|chain|child|unreachable)(?!.*_by_use)/;

it('no statement looks at every row of a table', async () => {
  await using opened = openTestDatabase({ file: ':memory:' });
  const { database } = opened;
  const stores = [prepareResponseStatements, prepareConversationStatements, prepareChatCompletionStatements];
  for (const [name, { source }] of stores.flatMap((prepare) => Object.entries(prepare(database)))) {
    const explain = `EXPLAIN QUERY PLAN ${source.replaceAll(/@\w+/g, '1')}`;
    for (const { detail } of database.prepare<[], { detail: string }>(explain).all()) {
      assert.doesNotMatch(detail, fullScan, name);
    }
  }
  const [scan] = database.prepare<[], { detail: string }>('EXPLAIN QUERY PLAN SELECT * FROM items').all();
  assert.match(scan?.detail ?? '', fullScan, 'a scan would be seen');
});
