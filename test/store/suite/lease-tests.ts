import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginRun, owner } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** Short enough to wait for, and long enough for the calls in between on a loaded machine. */
const leaseMs = 500;

/** Polls until the condition holds, and returns the milliseconds since `start` (`performance.now()`). */
export async function waitUntil(start: number, isSo: () => Promise<boolean>): Promise<number> {
  const deadline = performance.now() + 10_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, 'it took too long');
    await sleep(10);
  }
  return performance.now() - start;
}

export function leaseTests(open: OpenStore): void {
  it('grants a lock to one server until it unlocks it', async () => {
    await using opened = await open();
    const { leases } = opened.store;
    for (const server of ['a', 'b']) await leases.renew(server, 60_000);
    assert.equal(await leases.lock('a', 'door'), true);
    assert.equal(await leases.lock('b', 'door'), false);
    assert.equal(await leases.lock('a', 'door'), false, 'nor to itself');
    assert.equal(await leases.lock('b', 'window'), true, 'another is free');
    await leases.unlock('b', 'door');
    assert.equal(await leases.lock('b', 'door'), false, 'another cannot give it back');
    await leases.unlock('a', 'door');
    await leases.unlock('a', 'door');
    assert.equal(await leases.lock('b', 'door'), true);
  });

  it('grants a lock to one of many concurrent servers, through any handle', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const servers = Array.from({ length: 20 }, (_, index) => `server-${index}`);
    await Promise.all(servers.map((server) => one.leases.renew(server, 60_000)));
    const got = await Promise.all(
      servers.map((server, index) => (index % 2 === 0 ? one : two).leases.lock(server, 'door')),
    );
    assert.equal(got.filter((has) => has).length, 1);
    await two.leases.unlock(servers[got.indexOf(true)] ?? '', 'door');
    assert.equal(await one.leases.lock('server-0', 'door'), true);
  });

  it('frees the locks of a released server only', async () => {
    await using opened = await open();
    const { leases } = opened.store;
    for (const server of ['a', 'b', 'c']) await leases.renew(server, 60_000);
    for (const name of ['door', 'window']) assert.equal(await leases.lock('a', name), true);
    assert.equal(await leases.lock('b', 'gate'), true);
    await leases.release('a');
    for (const name of ['door', 'window']) assert.equal(await leases.lock('c', name), true);
    assert.equal(await leases.lock('c', 'gate'), false);
    await leases.release('a');
  });

  it('frees a lock when the lease of its holder has expired, and not before', async () => {
    await using opened = await open();
    const { leases } = opened.store;
    await leases.renew('b', 60_000);
    const start = performance.now();
    await leases.renew('a', leaseMs);
    assert.equal(await leases.lock('a', 'door'), true);
    assert.equal(await leases.lock('b', 'door'), false);
    const waited = await waitUntil(start, () => leases.lock('b', 'door'));
    assert.ok(waited >= leaseMs - 20, `${waited} ms`);
    await leases.renew('a', 60_000);
    assert.equal(await leases.lock('a', 'door'), false, 'it does not come back');
  });

  it('keeps the lock of a server that renews its lease', async () => {
    await using opened = await open();
    const { leases } = opened.store;
    await leases.renew('b', 60_000);
    await leases.renew('a', leaseMs);
    assert.equal(await leases.lock('a', 'door'), true);
    await leases.renew('a', 60_000);
    await sleep(leaseMs + 100);
    assert.equal(await leases.lock('b', 'door'), false);
    await opened.store.reap({ now: 0, logsBefore: 0, limit: 10 });
    assert.equal(await leases.lock('b', 'door'), false, 'nor does reaping free it');
  });

  it('orphans the runs of a server when its lease has expired, and not before', async () => {
    await using opened = await open();
    const { leases, runs } = opened.store;
    const start = performance.now();
    await leases.renew(owner, leaseMs);
    const run = await beginRun(opened.store);
    assert.deepEqual(await runs.takeOrphans('server-b', 10, []), []);
    const waited = await waitUntil(start, async () => (await runs.takeOrphans('server-b', 10, [])).length === 1);
    assert.ok(waited >= leaseMs - 20, `${waited} ms`);
    await leases.renew(owner, 60_000);
    assert.equal(await runs.append(run, []), false);
  });

  it('orphans the runs of a released server at once', async () => {
    await using opened = await open();
    const { leases, runs } = opened.store;
    await leases.renew(owner, 60_000);
    await beginRun(opened.store);
    await leases.release(owner);
    assert.equal((await runs.takeOrphans('server-b', 10, [])).length, 1);
  });
}
