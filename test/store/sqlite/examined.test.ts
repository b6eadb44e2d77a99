import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import type { FoundResult } from '../../../src/store/found-page.ts';
import { openTestDatabase } from './test-database.ts';

function toPage<Entry>(page: FoundResult<Entry>) {
  assert.ok(page !== 'unknown-after');
  return page;
}

/** SQL: a table of the numbers from 1. */
const numbersTo = (count: number) => `(
  WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ${count})
  SELECT value FROM numbers
)`;

it('a search examines a bounded number of responses and can be continued', async () => {
  await using opened = openTestDatabase({ file: ':memory:' });
  const { database, store } = opened;
  database.exec(`
    INSERT INTO responses (tenant, id, session_id, created_at, used)
      SELECT 't', 'resp_' || value, 's', 0, value FROM ${numbersTo(limits.searchedResponses + 1)};
    INSERT INTO resources (response_key, body) SELECT key, '{}' FROM responses;
    INSERT INTO items SELECT key << 24, 't', 'msg_' || key, 0, iif(key = 1, '"Needle"', '"hay"') FROM responses`);
  const first = toPage(await store.responses.search({ text: 'needle', limit: 5 }));
  assert.deepEqual(first, { data: [], next: '2' });
  const second = toPage(await store.responses.search({ text: 'needle', limit: 5, after: first.next }));
  assert.deepEqual([second.data.map(({ id }) => id), second.next], [['resp_1'], undefined]);
});

it('a list examines a bounded number of records and can be continued', async () => {
  await using opened = openTestDatabase({ file: ':memory:' });
  const { database, store } = opened;
  database.exec(`
    INSERT INTO run_records (
      id, tenant, created_at, executed_at, server, attempt, state, ended_at, is_background, is_detached, is_compaction,
      model_calls, tool_calls, calls
    ) SELECT 'resp_' || value, 't', value, value, 's', 1, iif(value = 1, 'failed', 'completed'), 1, 0, 0, 0, 0, 0, ''
      FROM ${numbersTo(limits.examinedRecords + 1)}`);
  const query = { states: ['failed'], limit: 5, now: 0 } as const;
  const first = toPage(await store.runRecords.list(query));
  assert.deepEqual(first, { data: [], next: '2_resp_2' });
  const second = toPage(await store.runRecords.list({ ...query, after: first.next }));
  assert.deepEqual([second.data.map(({ id }) => id), second.next], [['resp_1'], undefined]);
});
