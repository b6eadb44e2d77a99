import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import type { Store } from '../../../src/store/store.ts';
import { tenant } from '../stored-response.ts';
import { beginResponse, beginRun, createRun, owner, readLog } from '../stored-run.ts';
import { createTestFile, openTestDatabase, type TestDatabase } from './test-database.ts';

const count = ({ database }: TestDatabase, table: 'run_events' | 'run_windows') =>
  database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `${from + index}`);

async function appendEach(store: Store, run: Parameters<Store['runs']['append']>[0], events: string[]): Promise<void> {
  for (const event of events) assert.equal(await store.runs.append(run, [event]), true);
}

/** Lets time pass for the windows of a log. */
function passTime(mock: { timers: { enable(options: { apis: ['Date']; now: number }): void } }): void {
  mock.timers.enable({ apis: ['Date'], now: Date.now() + limits.logWindowMs + 1 });
}

describe('the windows of logs', () => {
  it('hold the appends of all runs in one row for each commit', async () => {
    await using opened = openTestDatabase();
    const runs = await Promise.all(Array.from({ length: 10 }, () => beginRun(opened.store)));
    for (const event of ['0', '1']) {
      const appended = await Promise.all(runs.map((run) => opened.store.runs.append(run, [event])));
      assert.deepEqual(new Set(appended), new Set([true]));
    }
    assert.equal(count(opened, 'run_windows'), 2);
    assert.equal(count(opened, 'run_events'), 0);
    for (const run of runs) assert.deepEqual((await readLog(opened.store, run.id))?.events, ['0', '1']);
  });

  it('are deleted when each run has a row for many events, and for the rest at its end', async () => {
    await using opened = openTestDatabase();
    const run = await beginRun(opened.store, { events: ['0'] });
    const events = numbers(0, limits.logRowEvents * 2 + 10);
    await appendEach(opened.store, run, events.slice(1));
    assert.equal(count(opened, 'run_events'), 3);
    assert.equal(count(opened, 'run_windows'), 9);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, events);
    await opened.store.runs.end(run, ['"last"']);
    assert.equal(count(opened, 'run_events'), 4);
    assert.equal(count(opened, 'run_windows'), 0);
    assert.deepEqual(await readLog(opened.store, run.id), { events: [...events, '"last"'], state: 'ended' });
  });

  it('do not hold large events', async () => {
    await using opened = openTestDatabase();
    const run = await beginRun(opened.store);
    const large = `"${'x'.repeat(limits.logRowBytes)}"`;
    await appendEach(opened.store, run, ['0', large]);
    assert.equal(count(opened, 'run_events'), 1);
    await appendEach(opened.store, run, ['2']);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['0', large, '2']);
  });

  it('are not kept for a run that rarely appends', async ({ mock }) => {
    await using opened = openTestDatabase();
    const [slow, busy] = [await beginRun(opened.store), await beginRun(opened.store)];
    await appendEach(opened.store, slow, ['0']);
    await appendEach(opened.store, busy, ['0']);
    assert.equal(count(opened, 'run_events'), 0);
    passTime(mock);
    await appendEach(opened.store, busy, ['1']);
    assert.equal(count(opened, 'run_events'), 2);
    await appendEach(opened.store, busy, numbers(2, limits.logRowEvents + 2));
    assert.equal(count(opened, 'run_windows'), 0);
    await appendEach(opened.store, slow, ['1']);
    assert.deepEqual((await readLog(opened.store, slow.id))?.events, ['0', '1']);
  });

  it('of a dead server are read, and deleted once another has taken its runs', async () => {
    using created = createTestFile();
    await using opened = openTestDatabase({ file: created.file });
    const run = createRun();
    {
      await using dead = openTestDatabase({ file: created.file });
      await dead.store.runs.begin(run);
      await appendEach(dead.store, run, ['0', '1']);
    }
    const reap = () => opened.store.reap({ now: 0, logsBefore: 0, limit: 1 });
    await reap();
    assert.equal(count(opened, 'run_windows'), 2);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['0', '1']);
    assert.equal((await opened.store.runs.takeOrphans('server-b', 1, [])).length, 1);
    await reap();
    assert.equal(count(opened, 'run_windows'), 0);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['0', '1']);
  });

  it('hold the events of a server that has lost its runs until the other has them', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const [run, kept] = [await beginRun(one.store), await beginRun(one.store)];
    await appendEach(one.store, run, ['0', '1']);
    await two.store.leases.renew(owner, 60_000);
    assert.equal((await two.store.runs.takeOrphans('server-b', 9, [])).length, 0);
    await two.store.leases.release(owner);
    assert.equal((await two.store.runs.takeOrphans('server-b', 1, [])).length, 1);
    assert.equal(await one.store.runs.append(run, ['"lost"']), false);
    await appendEach(one.store, kept, numbers(0, limits.logRowEvents));
    assert.equal(count(one, 'run_windows'), 0);
    assert.equal(await two.store.runs.append({ ...run, owner: 'server-b' }, ['2']), true);
    for (const { store } of [one, two]) assert.deepEqual((await readLog(store, run.id))?.events, ['0', '1', '2']);
  });

  it('are found by other handles after the clock was set back', async ({ mock }) => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const run = await beginRun(one.store);
    mock.timers.enable({ apis: ['Date'], now: Date.now() - 60_000 });
    await appendEach(one.store, run, ['0', '1']);
    for (const { store } of [one, two]) assert.deepEqual((await readLog(store, run.id))?.events, ['0', '1']);
  });

  it('of a deleted run never pass to a later one with the same key', async ({ mock }) => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const { run: deleted, response } = await beginResponse(one.store);
    await appendEach(one.store, deleted, ['"old"']);
    await one.store.responses.delete(tenant, response.id);
    const run = await beginRun(one.store, { events: ['"new"'] });
    assert.equal(one.database.prepare('SELECT max(key) FROM runs').pluck().get(), 1, 'it has the same key');
    for (const { store } of [one, two]) assert.deepEqual((await readLog(store, run.id))?.events, ['"new"']);
    passTime(mock);
    await appendEach(one.store, run, ['"newer"']);
    for (const { store } of [one, two]) assert.deepEqual((await readLog(store, run.id))?.events, ['"new"', '"newer"']);
  });
});
