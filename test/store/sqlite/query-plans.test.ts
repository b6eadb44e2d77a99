import assert from 'node:assert/strict';
import { it } from 'node:test';
import { prepareApprovalStatements } from '../../../src/store/sqlite/statements/approval-statements.ts';
import { prepareChatCompletionStatements } from '../../../src/store/sqlite/statements/chat-completion-statements.ts';
import { prepareConversationStatements } from '../../../src/store/sqlite/statements/conversation-statements.ts';
import { prepareFoundConversations } from '../../../src/store/sqlite/statements/found-conversation-statements.ts';
import { prepareIdempotencyStatements } from '../../../src/store/sqlite/statements/idempotency-statements.ts';
import { prepareLeaseStatements } from '../../../src/store/sqlite/statements/lease-statements.ts';
import { prepareLoadStatements } from '../../../src/store/sqlite/statements/load-statements.ts';
import { prepareLogStatements } from '../../../src/store/sqlite/statements/log-statements.ts';
import { prepareResponseStatements } from '../../../src/store/sqlite/statements/response-statements.ts';
import { prepareRunRecordStatements } from '../../../src/store/sqlite/statements/run-record-statements.ts';
import { prepareRunStatements } from '../../../src/store/sqlite/statements/run-statements.ts';
import { prepareSearchStatements } from '../../../src/store/sqlite/statements/search-statements.ts';
import { prepareUsageStatements } from '../../../src/store/sqlite/statements/usage-statements.ts';
import { prepareWebhookStatements } from '../../../src/store/sqlite/statements/webhook-statements.ts';
import { openTestDatabase } from './test-database.ts';

/**
 * Matches a full scan of a table. Allowed are the end of the order of use, running runs, the few leases, locks and
 * windows, and common tables.
 */
const fullScan =
  /^SCAN (?!totals|chain|size|measured|child|unreachable|tree|walk|tenants|asking|examined|minutes|leases|locks|load_flushes|json_each|run_windows|entry|CONSTANT ROW|\d+-ROW)(?!.*_by_use|.*runs_running|.*run_records_unended)/;

it('no statement scans a whole table', async () => {
  await using opened = openTestDatabase({ file: ':memory:' });
  const { database } = opened;
  const statements = [
    ...Object.entries(prepareResponseStatements(database)),
    ...Object.entries(prepareConversationStatements(database)),
    ...Object.entries(prepareChatCompletionStatements(database)),
    ...Object.entries(prepareRunStatements(database)),
    ...Object.entries(prepareLogStatements(database)),
    ...Object.entries(prepareLeaseStatements(database)),
    ...Object.entries(prepareIdempotencyStatements(database)),
    ...Object.entries(prepareApprovalStatements(database)),
    ...Object.entries(prepareUsageStatements(database)),
    ...Object.entries(prepareWebhookStatements(database)),
    ...Object.entries(prepareRunRecordStatements(database)),
    ...Object.entries(prepareLoadStatements(database)),
    ...Object.entries(prepareSearchStatements(database)),
    ...Object.entries(prepareFoundConversations(database)),
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
