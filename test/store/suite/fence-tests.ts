import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import type { RunId } from '../../../src/store/run-store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, owner, readLog } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** Tests that only the owner writes a run, and that hiding its response removes it. */
export function fenceTests(open: OpenStore): void {
  it('lets only the owner of a running run write', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const { response, run } = await beginResponse(opened.store);
    const ended = createStoredResponse({ id: response.id });
    const before = await readLog(opened.store, run.id);
    for (const other of [
      { ...run, owner: 'server-b' },
      { ...run, tenant: 'tenant-b' },
      { ...run, id: createResponseId() },
    ]) {
      assert.equal(await runs.append(other, ['"x"']), false);
      assert.equal(await runs.append(other, []), false);
      assert.equal(await runs.end(other, ['"x"'], ended), false);
    }
    assert.deepEqual(await readLog(opened.store, run.id), before);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    assert.equal(await runs.end(run, []), true);
    for (const write of [runs.append(run, ['"x"']), runs.end(run, ['"x"'], ended)]) assert.equal(await write, false);
    assert.deepEqual(await readLog(opened.store, run.id), { events: run.events, state: 'ended' });
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
  });

  it('does not let a rejected append affect concurrent ones', async () => {
    await using opened = await open();
    const [one, two] = [await beginRun(opened.store), await beginRun(opened.store)];
    const { runs } = opened.store;
    const written = await Promise.all([
      runs.append(one, ['1']),
      runs.append({ ...one, owner: 'server-b' }, ['2']),
      runs.append(two, ['3']),
      runs.end({ ...two, owner: 'server-b' }, ['4']),
      runs.append(one, ['5']),
    ]);
    assert.deepEqual(written, [true, false, true, false, true]);
    assert.deepEqual((await readLog(opened.store, one.id))?.events, ['1', '5']);
    assert.deepEqual(await readLog(opened.store, two.id), { events: ['3'], state: 'running' });
  });

  it('returns orphaned runs with the requests to restart them', async () => {
    await using opened = await open();
    const { runs, leases } = opened.store;
    await leases.renew('server-b', 60_000);
    const lost = await beginRun(opened.store, { events: ['"first"'] });
    const unrepeatable = await beginRun(opened.store, { tenant: 'tenant-b', request: undefined });
    const alive = await beginRun(opened.store, { owner: 'server-b' });
    const ended = await beginRun(opened.store);
    await runs.end(ended, []);
    const taken = await runs.takeOrphans('server-c', 10, []);
    assert.deepEqual(
      taken.sort((one, other) => one.tenant.localeCompare(other.tenant)),
      [
        { tenant, id: lost.id, request: lost.request, attempts: 1 },
        { tenant: 'tenant-b', id: unrepeatable.id, request: undefined, attempts: 1 },
      ],
    );
    assert.equal(await runs.append(lost, ['"x"']), false, 'it is no longer the first one’s');
    assert.equal(await runs.append({ ...lost, owner: 'server-c' }, ['"second"']), true);
    assert.deepEqual((await readLog(opened.store, lost.id))?.events, ['"first"', '"second"']);
    assert.equal(await runs.append(alive, []), true);
  });

  it('returns own runs that the server does not drive, and records their attempts', async () => {
    await using opened = await open();
    const { runs, leases } = opened.store;
    await leases.renew(owner, 60_000);
    const [driven, unknown] = [await beginRun(opened.store), await beginRun(opened.store)];
    const take = async (ids: RunId[]) => (await runs.takeOrphans(owner, 10, ids)).map((run) => [run.id, run.attempts]);
    assert.deepEqual(await take([driven.id]), [[unknown.id, 1]]);
    assert.equal(await runs.setAttempts(unknown, 2), true);
    assert.deepEqual(await take([driven.id]), [[unknown.id, 2]]);
    assert.equal(await runs.setAttempts({ ...unknown, owner: 'server-b' }, 3), false);
    await runs.end(unknown, []);
    assert.equal(await runs.setAttempts(unknown, 3), false);
    assert.deepEqual(await take([driven.id]), []);
  });

  it('leaves a run to the server that still drives it, although another one had taken it over and died', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store, { owner: 'server-b' });
    // Both executions would have the same owner, and each would take the events of the other for its own.
    assert.deepEqual(await runs.takeOrphans('server-a', 10, [run.id]), []);
    assert.equal((await runs.takeOrphans('server-a', 10, [])).length, 1);
  });

  it('assigns each orphaned run once when two servers take them at the same time', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    for (let index = 0; index < 10; index++) await one.leases.renew(`server-${index}`, 60_000);
    const lost = await Promise.all(Array.from({ length: 20 }, () => beginRun(one)));
    const attempts = Array.from({ length: 10 }, (_, index) =>
      (index % 2 === 0 ? one : two).runs.takeOrphans(`server-${index}`, 3, []),
    );
    const taken = (await Promise.all(attempts)).flat().map((run) => run.id);
    assert.deepEqual(taken.toSorted(), lost.map((run) => run.id).toSorted());
    assert.deepEqual(await two.runs.takeOrphans('server-z', 20, []), []);
  });

  for (const descendants of [0, 1]) {
    it(`writes nothing more once the response is deleted, with ${descendants} descendants`, async () => {
      await using opened = await open();
      const { runs, responses } = opened.store;
      const { response, run } = await beginResponse(opened.store);
      for (let child = 0; child < descendants; child++) {
        await responses.put(createStoredResponse({ parentId: response.id }));
      }
      assert.equal(await responses.delete(tenant, response.id), true);
      assert.equal(await readLog(opened.store, run.id), undefined);
      assert.equal(await runs.append(run, ['"x"']), false);
      assert.equal(await runs.end(run, ['"x"'], response), false);
      assert.equal(await runs.cancel(tenant, run.id), false);
      assert.deepEqual(await runs.takeOrphans('server-b', 10, []), []);
      assert.equal(await responses.get(tenant, response.id), undefined);
      assert.equal(await responses.count(), descendants);
      assert.equal(await opened.storedCount(), 2 * descendants);
    });
  }

  it('evicts no response of a running run, and removes the log with the response of an ended one', async () => {
    await using opened = await open(2);
    const { runs, responses } = opened.store;
    const running = [await beginResponse(opened.store), await beginResponse(opened.store)];
    for (const each of [1, 2, 3]) {
      const response = createStoredResponse();
      await responses.put(response);
      assert.deepEqual(await responses.get(tenant, response.id), response, `the one just put is there (${each})`);
    }
    assert.equal(await responses.count(), 3);
    const third = await beginResponse(opened.store);
    assert.equal(await responses.count(), 3, 'the maximum is exceeded by what runs alone');
    for (const { run, response } of [...running, third]) {
      assert.equal(await runs.end(run, [], response), true);
      assert.equal((await readLog(opened.store, run.id))?.state, 'ended');
    }
    assert.equal(await responses.count(), 2);
    const visible = await Promise.all([...running, third].map(({ run }) => readLog(opened.store, run.id)));
    assert.deepEqual(
      visible.map((log) => log?.state),
      [undefined, 'ended', 'ended'],
    );
  });
}
