import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import type { OwnedRun } from '../../../src/store/run-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createTestSchema, openTestDatabase, type TestSchema } from './test-database.ts';
import { TestProxy } from './test-proxy.ts';
import { withTestServer } from './test-server.ts';

async function beginRun({ runs }: Store): Promise<OwnedRun> {
  const run = { tenant, id: createStoredResponse().id, owner: 'server-1' };
  await runs.begin({ ...run, request: undefined, events: ['{"n":0}'] });
  return run;
}

/** Counts the calls of a watch. `next` resolves at the next call and rejects after a timeout. */
function watch({ runs }: Store, { id }: OwnedRun) {
  let calls = 0;
  let wake = () => {};
  const watching = runs.watch(id, () => {
    calls++;
    wake();
  });
  const next = async () => {
    const { promise, resolve } = Promise.withResolvers<'called'>();
    wake = () => resolve('called');
    const result = await Promise.race([promise, pause(10_000, 'silent', { ref: false })]);
    assert.equal(result, 'called');
  };
  return { calls: () => calls, next, [Symbol.dispose]: () => watching[Symbol.dispose]() };
}

const listeners = (schema: TestSchema) =>
  schema.query<{ pid: number }>(`
    SELECT pid FROM pg_stat_activity
    WHERE application_name = current_schema() AND query LIKE 'LISTEN%' AND state = 'idle'`);

/** Waits until a number of stores listen. */
async function untilListening(schema: TestSchema, count: number): Promise<void> {
  for (let attempt = 0; (await listeners(schema)).length < count; attempt++) {
    if (attempt === 100) assert.fail('no connection listens');
    await pause(50);
  }
}

await withTestServer((server) => {
  describe('a change of a run', () => {
    it('reaches this server and others, from any call', async () => {
      await using database = await openTestDatabase(server);
      await using other = await openPostgresStore({ url: database.url });
      await untilListening(database, 2);
      const run = await beginRun(database.store);
      using here = watch(database.store, run);
      using there = watch(other, run);
      for (const change of [
        () => database.store.runs.append(run, ['{"n":1}']),
        () => database.store.runs.cancel(run.tenant, run.id),
        () => database.store.runs.end(run, ['{"n":2}']),
      ]) {
        const notified = Promise.all([here.next(), there.next()]);
        assert.equal(await change(), true);
        await notified;
      }
    });

    it('is sent when the response of the run is deleted', async () => {
      await using database = await openTestDatabase(server);
      await using other = await openPostgresStore({ url: database.url });
      await untilListening(database, 2);
      const response = createStoredResponse();
      const run = { tenant, id: response.id, owner: 'server-1' };
      await database.store.runs.begin({ ...run, request: undefined, events: [] }, response);
      using there = watch(other, run);
      const notified = there.next();
      assert.equal(await database.store.responses.delete(tenant, response.id), true);
      await notified;
      assert.equal(await other.runs.read(tenant, run.id, { after: -1, limit: 1 }), undefined);
    });

    it('reaches the watchers of that run only', async () => {
      await using database = await openTestDatabase(server);
      await using other = await openPostgresStore({ url: database.url });
      await untilListening(database, 2);
      const [run, another] = [await beginRun(database.store), await beginRun(database.store)];
      using watched = watch(other, run);
      using silent = watch(other, another);
      const notified = watched.next();
      await database.store.runs.append(run, ['{"n":1}']);
      await notified;
      assert.equal(silent.calls(), 0);
    });

    it('reaches every watcher under load', async () => {
      await using database = await openTestDatabase(server);
      await using other = await openPostgresStore({ url: database.url });
      await untilListening(database, 2);
      const runs = await Promise.all(Array.from({ length: 250 }, () => beginRun(database.store)));
      const watches = runs.map((run) => watch(other, run));
      const notified = Promise.all(watches.map((one) => one.next()));
      await Promise.all(runs.map((run) => database.store.runs.append(run, ['{"n":1}'])));
      await notified;
      for (const one of watches) one[Symbol.dispose]();
    });
  });

  describe('a connection that listens', () => {
    it('reconnects when it breaks, and notifies all watchers', async () => {
      await using schema = await createTestSchema(server);
      await using proxy = await TestProxy.start(server.url);
      await using writer = await openPostgresStore({ url: schema.url });
      await using reader = await openPostgresStore({ url: proxy.through(schema.url) });
      await untilListening(schema, 2);
      const run = await beginRun(writer);
      using watched = watch(reader, run);
      proxy.refuse();
      await pause(100);
      await writer.runs.append(run, ['{"missed":true}']);
      const notified = watched.next();
      proxy.pass();
      await notified;
      assert.equal((await reader.runs.read(tenant, run.id, { after: 0, limit: 5 }))?.events.length, 1);
      const again = watched.next();
      await writer.runs.append(run, ['{"heard":true}']);
      await again;
    });

    it('is not needed to read a log: polling misses nothing', async () => {
      await using database = await openTestDatabase(server);
      await using proxy = await TestProxy.start(server.url);
      await using reader = await openPostgresStore({ url: proxy.through(database.url) });
      const run = await beginRun(database.store);
      for (const { pid } of await listeners(database)) await database.query('SELECT pg_terminate_backend($1)', [pid]);
      await database.store.runs.append(run, ['{"n":1}', '{"n":2}']);
      await database.store.runs.end(run, ['{"n":3}']);
      const page = await reader.runs.read(tenant, run.id, { after: -1, limit: 10 });
      assert.deepEqual(page, { events: [0, 1, 2, 3].map((n) => `{"n":${n}}`), state: 'ended' });
    });

    it('calls no watcher once the store is closed', async () => {
      await using database = await openTestDatabase(server);
      const other = await openPostgresStore({ url: database.url });
      await untilListening(database, 2);
      const run = await beginRun(database.store);
      using watched = watch(other, run);
      await other[Symbol.asyncDispose]();
      await database.store.runs.append(run, ['{"n":1}']);
      await pause(300);
      assert.equal(watched.calls(), 0);
      assert.equal((await listeners(database)).length, 1);
    });
  });
});
