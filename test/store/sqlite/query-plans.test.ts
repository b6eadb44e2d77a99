import assert from 'node:assert/strict';
import { it } from 'node:test';
import { prepareChatCompletionStatements } from '../../../src/store/sqlite/statements/chat-completion-statements.ts';
import { prepareConversationStatements } from '../../../src/store/sqlite/statements/conversation-statements.ts';
import { prepareIdempotencyStatements } from '../../../src/store/sqlite/statements/idempotency-statements.ts';
import { prepareLeaseStatements } from '../../../src/store/sqlite/statements/lease-statements.ts';
import { prepareResponseStatements } from '../../../src/store/sqlite/statements/response-statements.ts';
import { prepareRunStatements } from '../../../src/store/sqlite/statements/run-statements.ts';
import { openTestDatabase } from './test-database.ts';

/**
 * A look at every row of a table. The order of use may be read from its end, for one row or for those over a limit; the
 * running runs, the few leases and locks, and what a statement has collected itself may be read whole.
 */
const fullScan =
  /^SCAN (?!totals|chain|size|measured|child|unreachable|leases|locks|json_each)(?!.*_by_use|.*runs_running)/;

it('no statement looks at every row of a table', async () => {
  await using opened = openTestDatabase({ file: ':memory:' });
  const { database } = opened;
  const statements = [
    ...Object.entries(prepareResponseStatements(database)),
    ...Object.entries(prepareConversationStatements(database)),
    ...Object.entries(prepareChatCompletionStatements(database)),
    ...Object.entries(prepareRunStatements(database)),
    ...Object.entries(prepareLeaseStatements(database)),
    ...Object.entries(prepareIdempotencyStatements(database)),
  ];
  for (const [name, { source }] of statements) {
    const explain = `EXPLAIN QUERY PLAN ${source.replaceAll(/@\w+/g, '1')}`;
    for (const { detail } of database.prepare<[], { detail: string }>(explain).all()) {
      assert.doesNotMatch(detail, fullScan, name);
    }
  }
  const [scan] = database.prepare<[], { detail: string }>('EXPLAIN QUERY PLAN SELECT * FROM items').all();
  assert.match(scan?.detail ?? '', fullScan, 'a scan would be seen');
});
