import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createResponseId } from '../../../src/ids.ts';
import type { RunStore } from '../../../src/store/run-store.ts';
import { tenant } from '../stored-response.ts';
import { beginRun, readLog } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** JSON that changes when it is parsed, trimmed, or split at the wrong position. */
const texts = [
  '{"text":"naïve 日本語 😀 \\ud83d"}',
  '{"separators":"\u2028\u2029\u0085","escaped":"\\u2028\\u001e\\u0000\\n"}',
  '{ "b" : 1.0, "a" : 1e400, "b" : [ [ [ { } ] ] ] }',
  '{\n  "pretty": [\r\n\t1,\n2 ]\n}',
  '12345678901234567890.10',
  '"',
  '""',
  'null',
  `"${'x'.repeat(20_000)}"`,
];

export function logTests(open: OpenStore): void {
  it('returns events exactly as they were appended, in batches of any size', async () => {
    await using opened = await open();
    const run = await beginRun(opened.store, { events: texts });
    for (const text of texts) await opened.store.runs.append(run, [text]);
    await opened.store.runs.append(run, texts);
    await opened.store.runs.end(run, texts);
    assert.deepEqual(await readLog(opened.store, run.id), {
      events: [texts, texts, texts, texts].flat(),
      state: 'ended',
    });
  });

  it('is read in parts, from any event and of any length', async () => {
    await using opened = await open();
    const run = await beginRun(opened.store, { events: ['0'] });
    // Neighbouring runs whose events must not mix.
    const neighbour = await beginRun(opened.store, { events: ['"theirs"'] });
    const all = Array.from({ length: 22 }, (_, index) => `${index}`);
    for (const [from, to] of [
      [1, 2],
      [2, 5],
      [5, 6],
      [6, 16],
    ])
      await opened.store.runs.append(run, all.slice(from, to));
    for (let after = -1; after < 18; after++) {
      for (const limit of [1, 2, 3, 7, 100]) {
        const events = all.slice(0, 16).slice(after + 1, after + 1 + limit);
        const page = await opened.store.runs.read(tenant, run.id, { after, limit });
        assert.deepEqual(page, { events, state: 'running' }, `${limit} after ${after}`);
      }
    }
    await opened.store.runs.end(run, all.slice(16));
    for (const after of [10, 20, 21, 22, 2 ** 24 - 2, 2 ** 24, 2 ** 31, 2 ** 40]) {
      const page = await opened.store.runs.read(tenant, run.id, { after, limit: 3 });
      assert.deepEqual(page, { events: all.slice(after + 1, after + 4), state: 'ended' }, `after ${after}`);
    }
    assert.deepEqual((await readLog(opened.store, neighbour.id))?.events, ['"theirs"']);
  });

  it('is read in parts where it is long and its appends are of many lengths', async () => {
    await using opened = await open();
    const run = await beginRun(opened.store, { events: ['0'] });
    const all = Array.from({ length: 700 }, (_, index) => `${index}`);
    for (let [from, length] = [1, 1]; from < all.length; from += length, length = ((length * 7) % 90) + 1) {
      await opened.store.runs.append(run, all.slice(from, from + length));
    }
    for (let after = -1; after < all.length; after += 9) {
      for (const limit of [1, 50, 256, 1000]) {
        const page = await opened.store.runs.read(tenant, run.id, { after, limit });
        assert.deepEqual(page?.events, all.slice(after + 1, after + 1 + limit), `${limit} after ${after}`);
      }
    }
    assert.equal(await opened.store.runs.end(run, []), true);
    await opened.store.reap({ now: 0, logsBefore: 9e9, limit: 9 });
    assert.equal(await opened.storedCount(), 0);
  });

  it('stores events once when they are written again with the same numbers', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store, { events: ['0'] });
    assert.equal(await runs.append({ ...run, next: 1 }, ['1', '2']), true);
    assert.equal(await runs.append({ ...run, next: 1 }, ['1', '2']), true);
    assert.equal(await runs.append({ ...run, next: 2 }, ['2', '3']), true);
    assert.equal(await runs.append({ ...run, next: 0 }, []), true);
    assert.equal(await runs.append({ ...run, owner: 'server-b', next: 4 }, ['4']), false);
    assert.equal(await runs.end({ ...run, next: 3 }, ['3', '4', '5']), true);
    assert.equal(await runs.append({ ...run, next: 3 }, ['3']), false, 'it has ended');
    assert.equal(await runs.end({ ...run, next: 6 }, ['6']), false);
    assert.deepEqual(await readLog(opened.store, run.id), { events: ['0', '1', '2', '3', '4', '5'], state: 'ended' });
  });

  it('rejects an event after a gap', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store, { events: ['0'] });
    await assert.rejects(runs.append({ ...run, next: 2 }, ['2']), RangeError);
    await assert.rejects(runs.end({ ...run, next: 2 }, ['2']), RangeError);
    assert.deepEqual(await readLog(opened.store, run.id), { events: ['0'], state: 'running' });
  });

  it('can be empty, running and ended', async () => {
    await using opened = await open();
    const run = await beginRun(opened.store);
    assert.equal(await opened.store.runs.append(run, []), true);
    assert.deepEqual(await readLog(opened.store, run.id), { events: [], state: 'running' });
    await opened.store.runs.end(run, []);
    assert.deepEqual(await readLog(opened.store, run.id), { events: [], state: 'ended' });
  });

  it("is unknown when there is no such run, and when it is another tenant's", async () => {
    await using opened = await open();
    const run = await beginRun(opened.store, { events: ['1'] });
    assert.equal(await readLog(opened.store, createResponseId()), undefined);
    assert.equal(await readLog(opened.store, run.id, 'tenant-b'), undefined);
    const theirs = await beginRun(opened.store, { tenant: 'tenant-b', id: run.id, events: ['2'] });
    await opened.store.runs.append(theirs, ['3']);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['1']);
    assert.deepEqual((await readLog(opened.store, run.id, 'tenant-b'))?.events, ['2', '3']);
  });

  it('is read through every handle once it is appended', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const run = await beginRun(one, { events: ['0'] });
    for (let number = 1; number < 6; number++) {
      const writer = number % 2 === 0 ? one : two;
      assert.equal(await writer.runs.append(run, [`${number}`]), true);
      assert.deepEqual(
        (await readLog(number % 2 === 0 ? two : one, run.id))?.events,
        Array.from({ length: number + 1 }, (_, index) => `${index}`),
      );
    }
  });
}

/** Counts the calls of a watch. */
function watch(runs: RunStore, id: Parameters<RunStore['watch']>[0]) {
  const watched = { calls: 0 };
  const watching = runs.watch(id, () => {
    watched.calls++;
  });
  const called = async () => {
    const deadline = Date.now() + 5000;
    while (watched.calls === 0 && Date.now() < deadline) await sleep(5);
    assert.ok(watched.calls > 0, 'it was called');
    // More calls for the same change may still come.
    await sleep(30);
    watched.calls = 0;
  };
  return { watched, called, [Symbol.dispose]: () => watching[Symbol.dispose]() };
}

export function watchTests(open: OpenStore): void {
  it('calls back after each change', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store);
    using one = watch(runs, run.id);
    using two = watch(runs, run.id);
    const changes = [
      () => runs.append(run, ['1']),
      () => runs.cancel(tenant, run.id),
      () => runs.append(run, ['2']),
      () => runs.end(run, ['3']),
    ];
    for (const change of changes) {
      assert.equal(await change(), true);
      await Promise.all([one.called(), two.called()]);
    }
  });

  it('can be begun before the run', async () => {
    await using opened = await open();
    const id = createResponseId();
    using watching = watch(opened.store.runs, id);
    const run = await beginRun(opened.store, { id });
    await opened.store.runs.append(run, ['1']);
    await watching.called();
  });

  it('never calls back once disposed, and leaves the others', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store);
    using other = watch(runs, run.id);
    const watching = watch(runs, run.id);
    watching[Symbol.dispose]();
    watching[Symbol.dispose]();
    await runs.append(run, ['1']);
    await other.called();
    assert.equal(watching.watched.calls, 0);
  });

  it('can read the change when it is called', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store);
    const called = Promise.withResolvers<void>();
    using _ = runs.watch(run.id, called.resolve);
    void runs.append(run, ['1']);
    await called.promise;
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['1']);
  });
}
