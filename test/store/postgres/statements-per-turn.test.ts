import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type OpenAI from 'openai';
import pg from 'pg';
import { limits } from '../../../src/config/limits.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { tenant } from '../stored-response.ts';
import { beginRun, readLog } from '../stored-run.ts';
import { createTestSchema, openTestDatabase } from './test-database.ts';
import { type TestServer, withTestServer } from './test-server.ts';

/** Whether a statement is sent periodically, for all turns together. */
const isPeriodic = (name: string) => /^(leases\.renew|run_records\.|load\.)/.test(name);

/** Returns the name of a prepared statement. The others are not those of a turn. */
const toName = (query: unknown): string | undefined =>
  typeof query === 'object' && query !== null && 'name' in query ? String(query.name) : undefined;

/** Counts the statements that the driver sends for an action, by name. */
async function countStatements(context: TestContext, action: () => Promise<unknown>): Promise<Record<string, number>> {
  const { mock } = context.mock.method(pg.Client.prototype, 'query');
  await action();
  const counts: Record<string, number> = {};
  for (const { arguments: sent } of mock.calls) {
    const name = toName(sent[0]);
    if (name !== undefined && !isPeriodic(name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  mock.restore();
  return counts;
}

/** Returns the number of appends in a statement. */
function toAppendCount(query: unknown): number {
  assert.ok(typeof query === 'object' && query !== null && 'values' in query && Array.isArray(query.values));
  return JSON.parse(query.values[0]).length;
}

/** Starts a server that has answered before. */
async function start(server: TestServer) {
  const stack = new AsyncDisposableStack();
  const schema = stack.use(await createTestSchema(server));
  const upstream = stack.use(await startUpstream());
  const { openai } = stack.use(await startTalaria({ STORE_URL: schema.url, AGENT_URL: upstream.url }));
  const first = await create(openai, 'Hello');
  return { openai, first, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const create = (openai: OpenAI, input: string, previous?: string) =>
  openai.responses.create({ model: 'test-model', input, previous_response_id: previous ?? null });

await withTestServer((server) => {
  describe('the statements of a turn', () => {
    it('are one for a stored response', async (context) => {
      await using started = await start(server);
      const counts = await countStatements(context, () => create(started.openai, 'Hello'));
      assert.deepEqual(counts, { 'responses.put': 1 });
    });

    it('are two with a history', async (context) => {
      await using started = await start(server);
      const counts = await countStatements(context, () => create(started.openai, 'Hello', started.first.id));
      assert.deepEqual(counts, { 'responses.chain': 1, 'responses.put': 1 });
    });

    it('are one for each token of a stream, besides its begin, its end and few notifications', async (context) => {
      await using started = await start(server);
      const tokens = 40;
      const startedAt = performance.now();
      const counts = await countStatements(context, async () => {
        const input = `slow ${tokens}x10ms`;
        const stream = await started.openai.responses.create({ model: 'test-model', input, stream: true });
        await Array.fromAsync(stream);
      });
      const { 'runs.append': appends = 0, 'notifications.notify': notifications = 0, ...rest } = counts;
      assert.deepEqual(rest, { 'runs.beginWithResponse': 1, 'runs.endWithResponse': 1 });
      assert.ok(appends > 0 && appends <= tokens + 2, `${appends} appends`);
      const most = (performance.now() - startedAt) / limits.postgresNotifyMs + 1;
      assert.ok(notifications > 0 && notifications <= most, `${notifications} notifications, at most ${most}`);
    });
  });

  describe('the statements of concurrent appends', () => {
    it('are shared', async (context) => {
      await using database = await openTestDatabase(server);
      const { store } = database;
      const runs = await Promise.all(Array.from({ length: 32 }, () => beginRun(store)));
      const other = { ...(await beginRun(store)), owner: 'server-b' };
      const counts = await countStatements(context, async () => {
        for (let next = 0; next < 10; next++) {
          const appends = runs.map((run) => store.runs.append({ ...run, next }, [`${next}`]));
          const lost = store.runs.append({ ...other, next: 0 }, ['"lost"']);
          assert.deepEqual(new Set(await Promise.all(appends)), new Set([true]));
          assert.equal(await lost, false);
        }
      });
      assert.ok((counts['runs.append'] ?? 0) <= 30, `${counts['runs.append']} statements for 330 appends`);
      const events = Array.from({ length: 10 }, (_, number) => `${number}`);
      for (const { id } of runs) assert.deepEqual((await readLog(store, id))?.events, events);
      assert.deepEqual((await store.runs.read(tenant, other.id, { after: -1, limit: 1 }))?.events, []);
    });

    it('are bounded by bytes: a larger append has its own', async (context) => {
      await using database = await openTestDatabase(server);
      const { store } = database;
      const bound = limits.postgresAppendBytes;
      const sizes = [1, 0.4, 0.4, 0.4, 1.5, 0.1, 0.5, 0.5].map((share) => Math.floor(share * bound) - 2);
      const runs = await Promise.all(sizes.map(() => beginRun(store)));
      const { mock } = context.mock.method(pg.Client.prototype, 'query');
      // Two bytes each in UTF-8.
      const append = (size: number) => JSON.stringify('é'.repeat(size / 2));
      const appends = runs.map((run, index) => store.runs.append({ ...run, next: 0 }, [append(sizes[index] ?? 0)]));
      assert.deepEqual(new Set(await Promise.all(appends)), new Set([true]));
      const sent = mock.calls.map(({ arguments: [query] }) => query).filter((query) => toName(query) === 'runs.append');
      mock.restore();
      // The first append does not wait for others.
      assert.deepEqual(sent.map(toAppendCount), [1, 2, 1, 1, 2, 1]);
      for (const { id } of runs) assert.equal((await readLog(store, id))?.events.length, 1);
    });

    it('are repeated one by one when the database refuses one', async () => {
      await using database = await openTestDatabase(server);
      const { store } = database;
      const runs = await Promise.all(Array.from({ length: 4 }, () => beginRun(store)));
      // The first append is under way when the others come. The column of a number takes integers alone.
      const appends = runs.map((run, index) => store.runs.append({ ...run, next: index === 2 ? 0.5 : 0 }, ['"event"']));
      const outcomes = await Promise.allSettled(appends);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
      );
      const logs = await Promise.all(runs.map(async ({ id }) => (await readLog(store, id))?.events.length));
      assert.deepEqual(logs, [1, 1, 0, 1]);
    });
  });
});
