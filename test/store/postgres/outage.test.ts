import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../../src/config/limits.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import type { RunId } from '../../../src/store/run-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, createRun, readLog } from '../stored-run.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { TestProxy } from './test-proxy.ts';
import { type TestServer, withTestServer } from './test-server.ts';

/** A run whose writer connects through a proxy. Other connections are direct. */
async function openPatient(server: TestServer) {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await openTestDatabase(server));
  const proxy = stack.use(await TestProxy.start(server.url));
  const store: Store = stack.use(await openPostgresStore({ url: proxy.through(database.url) }));
  const { run, response } = await beginResponse(store);
  return { database, proxy, store, run, response, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const unavailable = { code: 'store_unavailable' };

const hasEvents = async ({ store }: TestDatabase, id: RunId, count: number) =>
  (await readLog(store, id))?.events.length === count;

/** Loses the pending answers. Later statements are answered. */
function heal(proxy: TestProxy): void {
  proxy.pass();
  proxy.cut();
}

await withTestServer((server) => {
  describe('a run during an outage of its database', { concurrency: true }, () => {
    it('appends events once when the answer was lost', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store, run } = open;
      proxy.mute();
      const append = store.runs.append({ ...run, next: 1 }, ['1', '2']);
      await waitUntil(() => hasEvents(database, run.id, 3));
      heal(proxy);
      assert.equal(await append, true);
      assert.equal(await store.runs.append({ ...run, next: 3 }, ['3']), true);
      assert.deepEqual((await readLog(store, run.id))?.events, ['"first"', '1', '2', '3']);
    });

    it('appends steps once when the answer was lost, with and without events', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store, run } = open;
      const hasSteps = async (count: number) => (await database.store.runs.steps(tenant, run.id)).length === count;
      proxy.mute();
      const append = store.runs.append({ ...run, next: 1 }, ['1', '2'], ['"a"', '"b"']);
      await waitUntil(() => hasSteps(2));
      heal(proxy);
      assert.equal(await append, true);
      proxy.mute();
      const steer = store.runs.append({ ...run, next: 3 }, [], ['"c"']);
      await waitUntil(() => hasSteps(3));
      heal(proxy);
      assert.equal(await steer, true);
      assert.equal(await store.runs.append({ ...run, next: 3 }, ['3'], ['"d"']), true);
      const steps = (await store.runs.steps(tenant, run.id)).map(({ body, events }) => `${body} ${events}`);
      assert.deepEqual(steps, ['"a" 3', '"b" 3', '"c" 3', '"d" 4']);
      assert.deepEqual((await readLog(store, run.id))?.events, ['"first"', '1', '2', '3']);
    });

    it('ends once, with its response, when the answer was lost', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store, run, response } = open;
      const ended = createStoredResponse({ id: response.id, resource: { status: 'completed' } });
      proxy.mute();
      const end = store.runs.end({ ...run, next: 1 }, ['"last"'], ended);
      await waitUntil(() => hasEvents(database, run.id, 2));
      heal(proxy);
      assert.equal(await end, true);
      assert.deepEqual(await readLog(store, run.id), { events: ['"first"', '"last"'], state: 'ended' });
      assert.deepEqual(await store.responses.get(tenant, response.id), ended);
      assert.equal(await database.storedCount(), 1);
    });

    it('waits until the database is back', async () => {
      await using open = await openPatient(server);
      const { proxy, store, run } = open;
      proxy.refuse();
      const append = store.runs.append({ ...run, next: 1 }, ['1']);
      const end = store.runs.end({ ...run, next: 2 }, ['2']);
      await pause(700);
      proxy.pass();
      assert.deepEqual(await Promise.all([append, end]), [true, true]);
      assert.deepEqual(await readLog(store, run.id), { events: ['"first"', '1', '2'], state: 'ended' });
    });

    it('rejects its writer after another server has taken it', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store, run } = open;
      proxy.refuse();
      const append = store.runs.append({ ...run, next: 1 }, ['1']);
      const [taken] = await database.store.runs.takeOrphans('server-b', 9, []);
      assert.equal(taken?.id, run.id);
      proxy.pass();
      assert.equal(await append, false);
      assert.deepEqual((await readLog(store, run.id))?.events, ['"first"']);
    });

    it('begins once when the answer was lost', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store } = open;
      const response = createStoredResponse({ output: [] });
      const run = createRun({ id: response.id, events: ['0'] });
      proxy.mute();
      const begin = assert.rejects(store.runs.begin(run, response), unavailable);
      await waitUntil(async () => (await readLog(database.store, run.id)) !== undefined);
      heal(proxy);
      await begin;
      await store.runs.begin({ ...run, events: [] }, response);
      assert.equal(await store.runs.end({ ...run, next: 0 }, ['0', '1'], response), true);
      assert.deepEqual(await readLog(store, run.id), { events: ['0', '1'], state: 'ended' });
    });

    it('is returned again to a server whose first answer was lost', async () => {
      await using open = await openPatient(server);
      const { database, proxy, store, run } = open;
      proxy.mute();
      const take = assert.rejects(store.runs.takeOrphans('server-b', 9, []), unavailable);
      await waitUntil(async () => !(await database.store.runs.append(run, [])));
      heal(proxy);
      await take;
      const another = await beginRun(database.store, { owner: 'server-b' });
      assert.deepEqual(
        (await store.runs.takeOrphans('server-b', 9, [another.id])).map(({ id }) => id),
        [run.id],
        `not ${another.id}, which it began itself`,
      );
      assert.deepEqual(await store.runs.takeOrphans('server-b', 9, [another.id, run.id]), []);
    });

    it('gives up after the timeout, and at once without an event number', async () => {
      await using open = await openPatient(server);
      const { proxy, store, run } = open;
      proxy.refuse();
      const started = performance.now();
      await assert.rejects(store.runs.append(run, ['1']), unavailable);
      assert.ok(performance.now() - started < limits.postgresOutageMs);
      await assert.rejects(store.runs.append({ ...run, next: 1 }, ['1']), unavailable);
      assert.ok(performance.now() - started >= limits.postgresOutageMs);
    });
  });
});
