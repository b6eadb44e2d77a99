import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Store } from '../../../src/store/store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, owner, readLog } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** JSON that changes when it is parsed, trimmed, or split at the wrong position. */
const texts = ['{"text":"naïve 日本語 \\ud83d"}', '{ "b" : 1.0, "a" : 1e400 }', '{\n  "separators": "\u2028\\u001e" }'];

const attemptsOf = async ({ runs }: Store, taker: string) =>
  (await runs.takeOrphans(taker, 10, [])).map(({ attempts }) => attempts);

/** Logs end in the current second; this reaps them. */
const reapLogs = ({ reap }: Store) => reap({ now: 0, logsBefore: 9e9, limit: 10 });

/** Tests the journal of a run. */
export function stepTests(open: OpenStore): void {
  it('is empty for a run without steps, and for an unknown one', async () => {
    await using opened = await open();
    const { run } = await beginResponse(opened.store);
    await opened.store.runs.append(run, ['1']);
    assert.deepEqual(await opened.store.runs.steps(tenant, run.id), []);
    assert.deepEqual(await opened.store.runs.steps(tenant, 'resp_unknown'), []);
    assert.deepEqual(await opened.store.runs.steps('tenant-b', run.id), []);
  });

  it('returns the steps exactly and in order, each with the length of the log after it', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const run = await beginRun(one, { events: ['0'] });
    const neighbour = await beginRun(one);
    assert.equal(await one.runs.append(run, ['1', '2'], texts), true);
    assert.equal(await two.runs.append(neighbour, ['"theirs"'], ['"their step"']), true);
    assert.equal(await two.runs.append(run, [], ['"steer"']), true);
    assert.equal(await one.runs.append(run, ['3']), true);
    assert.equal(await two.runs.append({ ...run, next: 4 }, ['4'], ['"last"']), true);
    for (const { runs } of [one, two]) {
      assert.deepEqual(await runs.steps(tenant, run.id), [
        ...texts.map((body) => ({ body, events: 3 })),
        { body: '"steer"', events: 3 },
        { body: '"last"', events: 5 },
      ]);
    }
    assert.deepEqual((await readLog(two, run.id))?.events, ['0', '1', '2', '3', '4']);
    assert.deepEqual(await one.runs.steps('tenant-b', run.id), []);
    assert.deepEqual(await one.runs.steps(tenant, neighbour.id), [{ body: '"their step"', events: 1 }]);
  });

  it('gets steps only from the owner of a running run', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const { run } = await beginResponse(opened.store);
    assert.equal(await runs.append({ ...run, owner: 'server-b' }, ['"x"'], ['"x"']), false);
    assert.equal(await runs.append({ ...run, owner: 'server-b' }, [], ['"x"']), false);
    assert.equal(await runs.append({ ...run, tenant: 'tenant-b' }, [], ['"x"']), false);
    assert.equal(await runs.append(run, [], ['"mine"']), true);
    await runs.end(run, []);
    assert.equal(await runs.append(run, [], ['"late"']), false);
    assert.deepEqual(await runs.steps(tenant, run.id), [{ body: '"mine"', events: 1 }]);
  });

  it('gets the steps of a repeated append once, and of each append without events', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const { run } = await beginResponse(opened.store);
    for (let time = 0; time < 2; time++) {
      assert.equal(await runs.append({ ...run, next: 1 }, ['1', '2'], ['"a"']), true);
    }
    assert.equal(await runs.append({ ...run, next: 2 }, ['2', '3'], ['"b"']), true, 'one of its events is new');
    for (let time = 0; time < 2; time++) assert.equal(await runs.append({ ...run, next: 4 }, [], ['"c"']), true);
    assert.equal(await runs.append(run, [], ['"c"']), true);
    await assert.rejects(runs.append({ ...run, next: 9 }, ['9'], ['"gap"']), RangeError);
    const steps = (await runs.steps(tenant, run.id)).map(({ body, events }) => `${body} ${events}`);
    assert.deepEqual(steps, ['"a" 3', '"b" 4', '"c" 4', '"c" 4', '"c" 4']);
    assert.deepEqual((await readLog(opened.store, run.id))?.events, ['"first"', '1', '2', '3']);
  });

  it('keeps the steps of concurrent appends whole', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const runs = [await beginRun(one), await beginRun(two)];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 3 === 0 ? one : two).runs.append(
          runs[index % 2] ?? assert.fail(),
          index % 4 === 0 ? [] : [`${index}`],
          [`[${index},1]`, `[${index},2]`],
        ),
      ),
    );
    for (const [parity, { id }] of runs.entries()) {
      const steps = await one.runs.steps(tenant, id);
      const first = steps.filter((_, index) => index % 2 === 0).map(({ body }) => JSON.parse(body)[0]);
      assert.deepEqual(first.toSorted(), Array.from({ length: 10 }, (_, index) => 2 * index + parity).toSorted());
      const second = steps.filter((_, index) => index % 2 === 1).map(({ body }) => JSON.parse(body));
      assert.deepEqual(
        second,
        first.map((index) => [index, 2]),
        'in the order of the commits, two by two',
      );
      const lengths = steps.map(({ events }) => events);
      assert.deepEqual(
        lengths,
        lengths.toSorted((a, b) => a - b),
      );
    }
  });

  it('resets the count of executions with a step, and with no other append', async () => {
    await using opened = await open();
    const { store } = opened;
    const run = await beginRun(store);
    await store.runs.setAttempts(run, 3);
    await store.runs.append(run, ['1']);
    assert.deepEqual(await attemptsOf(store, 'server-b'), [3]);
    await store.runs.append({ ...run, owner: 'server-b' }, ['2'], ['"step"']);
    assert.deepEqual(await attemptsOf(store, 'server-c'), [1]);
    assert.deepEqual(await store.runs.steps(tenant, run.id), [{ body: '"step"', events: 2 }]);
  });

  it('is removed with the log, and stays as long as that', async () => {
    await using opened = await open();
    const { store } = opened;
    const { run, response } = await beginResponse(store);
    const unstored = await beginRun(store);
    for (const each of [run, unstored]) await store.runs.append(each, ['1'], ['"step"']);
    await store.runs.end(run, [], response);
    await store.runs.end(unstored, []);
    for (const { id } of [run, unstored]) assert.equal((await store.runs.steps(tenant, id)).length, 1);
    assert.equal(await reapLogs(store), 2);
    for (const { id } of [run, unstored]) assert.deepEqual(await store.runs.steps(tenant, id), []);
    assert.equal((await readLog(store, run.id))?.state, 'expired');
  });

  it('is removed with the response, even if descendants need its content', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const descendants of [0, 1]) {
      const { run, response } = await beginResponse(store);
      await store.runs.append(run, ['1'], ['"step"']);
      if (descendants > 0) await store.responses.put(createStoredResponse({ parentId: response.id }));
      assert.equal(await store.responses.delete(tenant, response.id), true);
      assert.deepEqual(await store.runs.steps(tenant, run.id), []);
      assert.equal(await store.runs.append(run, [], ['"late"']), false);
    }
  });

  it('does not pass to a later run with the same id', async () => {
    await using opened = await open();
    const { store } = opened;
    const run = await beginRun(store, { owner });
    await store.runs.append(run, ['1'], ['"old"']);
    await store.runs.end(run, []);
    await reapLogs(store);
    await store.runs.begin(run);
    assert.deepEqual(await store.runs.steps(tenant, run.id), []);
  });
}
