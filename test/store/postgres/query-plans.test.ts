import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSessionId } from '../../../src/ids.ts';
import { type HistoryBounds, noHistoryBounds } from '../../../src/store/history-bounds.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { responseStatements } from '../../../src/store/postgres/statements/response-statements.ts';
import type { RunRecord } from '../../../src/store/run-record-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createConversation, createItems } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createTestSchema, openTestDatabase, type TestSchema } from './test-database.ts';
import { withTestServer } from './test-server.ts';

/** SQL: fills the store with so much data of other tenants that a full scan is never the cheapest plan. */
const fill = `
  INSERT INTO conversations (tenant, id, session_id, created_at, expires_at, metadata, next_position)
    SELECT 'other', 'conv_' || n, 's', n, 9000000000 + n, '{}', 3 FROM generate_series(1, 3000) AS n;
  INSERT INTO conversation_items (conversation_key, position, tenant, id, body)
    SELECT key, position, 'other', 'msg_' || key, '{}' FROM conversations, generate_series(1, 2) AS position;
  INSERT INTO responses (tenant, id, parent_key, conversation_key, session_id, created_at, expires_at, used, inputs)
    SELECT 'other', 'resp_' || n, NULL, NULL, 's', n, 9000000000 + n, nextval('uses'), 1 FROM generate_series(1, 5000) AS n;
  UPDATE responses SET parent_key = key - 1 WHERE key % 5 <> 1;
  INSERT INTO resources SELECT key, '{}' FROM responses;
  INSERT INTO items SELECT key, position, tenant, 'msg_' || key, '{}' FROM responses, generate_series(1, 2) AS position;
  INSERT INTO chat_completions (tenant, id, created_at, expires_at, model, metadata, pairs)
    SELECT 'other', 'chatcmpl-' || n, n, 9000000000 + n, '"m"', '{}', '{}' FROM generate_series(1, 3000) AS n;
  INSERT INTO chat_completion_contents SELECT key, '{}', '[]' FROM chat_completions;
  INSERT INTO runs (tenant, id, owner, events, ended_at)
    SELECT 'other', 'resp_' || n, 'server-' || n % 7, 1, 9000000000 + n FROM generate_series(1, 5000) AS n;
  INSERT INTO run_events SELECT key, 0, 1, '{}' FROM runs;
  INSERT INTO run_requests SELECT key, '{}' FROM runs;
  INSERT INTO idempotency_keys
    SELECT 'other', 'key-' || n, 'f', 'resp_' || n, 'server-1', 9000000000 + n, true FROM generate_series(1, 3000) AS n;
  INSERT INTO run_steps (run_key, append, events, bodies)
    SELECT key, gen_random_uuid(), 1, '{}' FROM runs, generate_series(1, 2);
  INSERT INTO run_inputs (run_key, id, input) SELECT key, 'steer_1', 'x' FROM runs, generate_series(1, 2);
  INSERT INTO approvals (tenant, id, run_id, hash, created_at, expires_at)
    SELECT 'other', 'mcpr_' || n, 'resp_' || n, 'h', n, 9000000000 + n FROM generate_series(1, 5000) AS n;
  INSERT INTO run_records (
    id, tenant, created_at, executed_at, server, attempt, state, ended_at, is_background, is_detached, is_compaction,
    model_calls, tool_calls, calls
  ) SELECT 'resp_' || n, 'other', 1000000 + n, n, 'server-1', 1, 'completed', n, false, false, false, 1, 1, ''
    FROM generate_series(1, 30000) AS n;
  INSERT INTO load_rows SELECT 1000000 + n / 10 * 60, 'other', '', 'model-' || n % 10, ${'0, '.repeat(21)}0
    FROM generate_series(1, 20000) AS n;
  INSERT INTO load_peaks SELECT 1000000 + n * 60, 'server-1', 1, 1 FROM generate_series(1, 5000) AS n;
  INSERT INTO token_use SELECT 'other-' || n, 9000000000 + n, 60, 1 FROM generate_series(1, 5000) AS n;
  INSERT INTO webhooks (id, endpoint, body, due_at, expires_at)
    SELECT 'wh_' || n, 'other', '{}', n, 9000000000 + n FROM generate_series(1, 5000) AS n;
  ANALYZE`;

/** Bounds that the smallest history exceeds. */
const tight: HistoryBounds = { ...noHistoryBounds, items: 1, beyond: 'newest' };

const versionOf = "SELECT current_setting('server_version_num')::integer AS version";

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  Plans?: Plan[];
}

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

/** Makes every call several times. From the sixth on, the database may use a generic plan. */
async function callEverything(store: Store): Promise<void> {
  for (let round = 0; round < 8; round++) {
    const [conversation, completion] = [
      createConversation({ items: createItems('abc') }),
      createStoredChatCompletion(),
    ];
    const first = createStoredResponse({ expiresAt: round });
    const second = createStoredResponse({ parentId: first.id, conversationId: conversation.id });
    await callConversations(store, conversation);
    await callResponses(store, [first, second]);
    await callRuns(store, round);
    await callApprovals(store, round);
    await callWebhooks(store, round);
    await callForOperators(store, round);
    await store.usage.add(tenant, 1, round);
    await store.usage.read(tenant, round);
    await store.chatCompletions.put(completion);
    await store.chatCompletions.get(tenant, completion.id);
    await store.chatCompletions.updateMetadata(tenant, completion.id, { a: 'b' });
    for (const order of ['asc', 'desc'] as const) {
      await store.chatCompletions.list(tenant, { limit: 2, order, after: completion.id, metadata: { a: 'b' } });
    }
    await store.reap({ now: 100, logsBefore: 100, limit: 10 });
    await store.conversations.delete(tenant, conversation.id);
    await store.responses.delete(tenant, second.id);
    await store.chatCompletions.delete(tenant, completion.id);
  }
}

async function callConversations({ conversations }: Store, conversation: ReturnType<typeof createConversation>) {
  const { id, items } = conversation;
  await conversations.create(conversation);
  await conversations.get(tenant, id);
  await conversations.update(tenant, id, {});
  await conversations.append(tenant, id, createItems('d'));
  for (const order of ['asc', 'desc'] as const) {
    await conversations.items(tenant, id, { limit: 2, order, after: items[1]?.id ?? '' });
  }
  await conversations.item(tenant, id, items[1]?.id ?? '');
  await conversations.deleteItem(tenant, id, items[1]?.id ?? '');
  await conversations.history(tenant, id);
  await conversations.history(tenant, id, tight);
}

async function callResponses({ responses }: Store, put: ReturnType<typeof createStoredResponse>[]): Promise<void> {
  for (const response of [...put, ...put]) {
    await responses.put(response);
    await responses.get(tenant, response.id);
    await responses.history(tenant, response.id);
    await responses.history(tenant, response.id, tight);
    await responses.findItems(tenant, [response.input[0]?.id ?? '', 'msg_unknown']);
    await responses.count();
  }
}

async function callRuns({ runs, leases, idempotency }: Store, round: number): Promise<void> {
  const [owner, response] = [`server-${createSessionId()}`, createStoredResponse()];
  const reservation = { tenant, key: `key-${round}`, fingerprint: 'f', id: response.id, owner, expiresAt: 9e9 };
  await leases.renew(owner, 60_000);
  await leases.lock(owner, 'name');
  await idempotency.reserve(reservation);
  await idempotency.reserve(reservation);
  await runs.begin({ ...reservation, request: '{}', events: ['{}'] }, response);
  await runs.append(reservation, ['{}', '{}']);
  await runs.append(reservation, ['{}'], ['{}']);
  await runs.steps(tenant, response.id);
  await runs.read(tenant, response.id, { after: 0, limit: 2 });
  await runs.cancel(tenant, response.id);
  await runs.cancelled(owner);
  await runs.takeOrphans(owner, 5, []);
  await runs.end(reservation, ['{}'], response);
  await idempotency.free(tenant, response.id);
  await leases.unlock(owner, 'name');
  await leases.release(owner);
}

async function callApprovals({ approvals, responses }: Store, round: number): Promise<void> {
  const [{ id: runId }, id] = [createStoredResponse(), `mcpr_${round}`];
  await approvals.ask({ tenant, id, runId, hash: 'h', createdAt: 0, expiresAt: 9e9 });
  await approvals.get(tenant, id);
  await approvals.list(tenant, [id]);
  await approvals.answer(tenant, id, { approve: true, runId, now: 1 });
  await responses.delete(tenant, runId);
}

async function callWebhooks({ runs, approvals, webhooks }: Store, round: number): Promise<void> {
  const webhook = { id: `wh_a${round}`, endpoint: 'e', body: '{}', dueAt: 0, expiresAt: 9e9 };
  const [response, another] = [createStoredResponse(), createStoredResponse()];
  for (const [{ id }, ending] of [
    [response, undefined],
    [another, another],
  ] as const) {
    await runs.begin({ tenant, id, owner: 'server-1', request: '{}', events: [] });
    await runs.end({ tenant, id, owner: 'server-1' }, ['{}'], ending, [webhook]);
  }
  const approval = { tenant, id: `mcpr_w${round}`, runId: response.id, hash: 'h', createdAt: 0, expiresAt: 9e9 };
  await approvals.ask(approval, [{ ...webhook, id: `wh_b${round}` }]);
  for (const taken of await webhooks.take({ endpoint: 'e', now: 1, retryAt: 2, limit: 5 })) {
    await webhooks.postpone(taken, 3);
    await webhooks.remove(taken.id);
  }
}

async function callForOperators(store: Store, round: number): Promise<void> {
  const { runRecords, load, approvals, responses, conversations } = store;
  const [id, server] = [createStoredResponse().id, 'server-2'];
  const record: RunRecord = { id, tenant, server, state: 'running', createdAt: round, attempt: 1, ...noCalls };
  for (let time = 0; time < 2; time++) await runRecords.put([record]);
  await runRecords.get(id, 0);
  const query = { limit: 2, now: 9e9 };
  const pages = [
    {},
    { states: ['running'] },
    { awaiting: true, now: 9_000_004_990 },
    { tenant: 'other', model: 'm' },
  ] as const;
  for (const page of pages) await runRecords.list({ ...query, ...page });
  await runRecords.requestStop(id);
  await runRecords.stopRequests(server);
  await runRecords.settleLost(1);
  await load.add({ server, number: round + 1, at: 0, rows: [], peaks: [] });
  await load.read({ from: 1_000_000, to: 1_003_600, seconds: 60 });
  await approvals.find('mcpr_1');
  await approvals.listAll({ ...query, status: 'pending' });
  for (const found of [{}, { text: 'x' }, { tenant: 'other', text: 'x' }, { id }, { conversationId: 'conv_1' }]) {
    // A search examines 2,000 responses: of a store that has few more, it reads all.
    await responses.search({ limit: 2, after: '300', ...found });
  }
  await responses.tree('other', 'resp_4999', 10);
  for (const found of [{}, { tenant: 'other' }, { id: 'conv_1' }]) await conversations.search({ limit: 2, ...found });
}

const noCalls = {
  ...{ isBackground: false, isDetached: false, isCompaction: false },
  ...{ modelCalls: 0, toolCalls: 0, calls: [] },
};

/** Returns the tables that were scanned completely, except for the tiny ones. */
async function readWholly(database: TestSchema): Promise<string[]> {
  const rows = await database.query<{ name: string }>(`
    SELECT relname AS name FROM pg_stat_user_tables
    WHERE schemaname = current_schema() AND seq_scan > 0
      AND relname NOT IN ('totals', 'checks', 'schema_version', 'secrets', 'servers', 'locks', 'load_flushes') ORDER BY 1`);
  return rows.map(({ name }) => name);
}

await withTestServer((server) => {
  describe('the plans of the database', () => {
    const walks: [name: string, statement: { text: string }, parameters: number[], rows: (size: number) => number][] = [
      ['chain', responseStatements.chain, [32 * 1024 * 1024, 50_000, -1], (size) => size],
      ['joined chain', responseStatements.joined, [50_000], () => 1],
    ];
    for (const [name, { text }, parameters, toRows, size] of walks.flatMap((walk) =>
      [100, 1000, 3000].map((count) => [...walk, count] as const),
    )) {
      it(`follow the links of a ${name} one by one in a store of ${size} responses`, async () => {
        await using database = await openTestDatabase(server);
        await database.query(`
          INSERT INTO responses (tenant, id, parent_key, session_id, created_at, used, inputs)
            SELECT 'other', 'resp_' || n, nullif(n - 1, 0), 's', n, nextval('uses'), 1 FROM generate_series(1, ${size}) AS n;
          INSERT INTO resources (response_key, body, messages, system) SELECT key, '{}', '{}', '' FROM responses;
          INSERT INTO items SELECT key, 1, tenant, 'msg_' || key, '{}' FROM responses;
          ANALYZE`);
        const explain = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`;
        const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain, [
          'other',
          `resp_${size}`,
          ...parameters,
        ]);
        const plan = row?.['QUERY PLAN'][0].Plan;
        assert.ok(plan);
        assert.equal(plan['Actual Rows'], toRows(size));
        // A table of a few pages may be scanned.
        for (const scan of flatten(plan)) {
          if (scan['Node Type'] !== 'Seq Scan') continue;
          assert.ok(size === 100, `${scan['Relation Name']} is read wholly`);
        }
        assert.equal(flatten(plan).filter((node) => node['Node Type'] === 'Hash Join').length, 0);
      });
    }

    it('never scan a whole table', async (t) => {
      await using database = await createTestSchema(server);
      const [{ version = 0 } = {}] = await database.query<{ version: number }>(versionOf);
      if (version < 150_000) return t.skip('before version 15 a connection cannot flush its statistics');
      const open = () => openPostgresStore({ url: database.url, maxResponses: 4_900 });
      // A connection reports its statistics late, at the latest on close. All must report before the reset.
      await (await open())[Symbol.asyncDispose]();
      await database.query(fill);
      await database.query('SELECT pg_stat_force_next_flush()');
      await database.query('SELECT pg_stat_reset()');
      const store = await open();
      await callEverything(store);
      await store[Symbol.asyncDispose]();
      assert.deepEqual(await readWholly(database), []);
      await database.query("SELECT count(*) FROM items WHERE body = 'x'");
      await database.query('SELECT pg_stat_force_next_flush()');
      assert.deepEqual(await readWholly(database), ['items'], 'a scan would be seen');
    });
  });
});
