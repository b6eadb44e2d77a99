import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import type { Recover } from '../../src/runs/orphaned-runs.ts';
import { RunSlots } from '../../src/runs/run-slots.ts';
import { Runs, type RunsOptions } from '../../src/runs/runs.ts';
import type { OrphanedRun } from '../../src/store/run-store.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { deafRuns } from '../helpers/deaf-runs.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { tenant } from '../store/stored-response.ts';
import { beginRun, owner } from '../store/stored-run.ts';

/** Long enough for a loaded machine to renew three times in it. */
const leaseMs = 600;

interface TestRuns extends AsyncDisposable {
  runs: Runs;
  /** Messages of its error log. */
  errors: string[];
}

/** Creates another server of the store. */
function createServer(store: Pick<Store, 'runs' | 'leases' | 'idempotency'>): TestRuns {
  const errors: string[] = [];
  const error = (fields: { run?: string }, message = '') => void errors.push(`${message} ${fields.run ?? ''}`.trim());
  const log: RunsOptions['log'] = { warn() {}, error };
  const runs = new Runs({ store, slots: new RunSlots({ running: 10, waiting: 10 }), leaseMs, log });
  return { runs, errors, [Symbol.asyncDispose]: () => runs[Symbol.asyncDispose]() };
}

/** Begins a run that this server drives. */
function beginOn({ runs }: TestRuns, store: Store) {
  const id = createResponseId();
  runs.hold(id);
  return beginRun(store, { owner: runs.server, id });
}

/** Fails: no run is orphaned. */
const recoverNothing: Recover = async ({ id }) => assert.fail(`${id} was not orphaned`);

/** Ends and records the runs that it recovers, as `runs`. */
function endWith(store: Store, runs: Runs) {
  const recovered: OrphanedRun[] = [];
  const recover: Recover = async (run) => {
    recovered.push(run);
    await store.runs.end({ tenant: run.tenant, id: run.id, owner: runs.server }, ['"lost"']);
  };
  return { recovered, recover };
}

for (const kind of storeKinds) {
  // They mostly wait.
  describe(`a server’s runs (${kind.name})`, { concurrency: 4 }, () => {
    it('belong to no other server while it renews its lease', async () => {
      await using opened = await openTestStore(kind);
      await using one = createServer(opened.store);
      await using two = createServer(opened.another);
      await one.runs.start(recoverNothing);
      await two.runs.start(recoverNothing);
      const run = await beginOn(one, opened.store);
      await sleep(leaseMs * 2.5);
      assert.equal(await opened.store.runs.append(run, ['1']), true);
      assert.deepEqual([...one.errors, ...two.errors], []);
      assert.notEqual(one.runs.server, two.runs.server);
    });

    it('are taken over when it has died, and immediately when it released its lease', async () => {
      await using opened = await openTestStore(kind);
      await opened.store.leases.renew(owner, leaseMs);
      const dead = await beginRun(opened.store);
      await using two = createServer(opened.another);
      const { recovered, recover } = endWith(opened.another, two.runs);
      {
        await using one = createServer(opened.store);
        await one.runs.start(recoverNothing);
        await beginOn(one, opened.store);
      }
      const started = performance.now();
      await two.runs.start(recover);
      two.runs.recoverOrphans();
      // On a busy machine the lease of the dead server expires in the meantime.
      await waitUntil(() => recovered.length >= 1, 'taking over the released run');
      await waitUntil(() => recovered.length === 2, 'taking over the orphaned run');
      const orphaned = recovered.find(({ id }) => id === dead.id);
      assert.deepEqual(orphaned, { tenant, id: dead.id, request: dead.request, attempts: 1 });
      assert.ok(performance.now() - started < leaseMs * 8);
    });

    it('keep their lease while the recovery of an orphaned run is slow', async () => {
      await using opened = await openTestStore(kind);
      await using one = createServer(opened.store);
      await using two = createServer(opened.another);
      await beginRun(opened.store, { owner: 'gone' });
      const { promise: recovered, resolve } = Promise.withResolvers<void>();
      await one.runs.start(() => recovered);
      const mine = await beginOn(one, opened.store);
      await two.runs.start(recoverNothing);
      await sleep(leaseMs * 2);
      assert.equal(await opened.store.runs.append(mine, ['1']), true);
      resolve();
    });

    it('are recovered again after a failure, which blocks no other recovery', async () => {
      await using opened = await openTestStore(kind);
      await using server = createServer(opened.store);
      const { recovered, recover } = endWith(opened.store, server.runs);
      const lost = [await beginRun(opened.store), await beginRun(opened.store)].map(({ id }) => id);
      let failures = 2;
      await server.runs.start(async (run) => {
        if (run.id === lost[0] && failures-- > 0) throw new ApiError('store_unavailable', 'Not now.');
        await recover(run);
      });
      await waitUntil(() => recovered.length === 2);
      assert.deepEqual(recovered.map(({ id }) => id).toSorted(), lost.toSorted());
      assert.equal(failures, -1);
      assert.equal(server.errors.filter((message) => message.includes(lost[0] ?? '?')).length, 2);
      await sleep(leaseMs);
      assert.equal(recovered.length, 2, 'each once');
    });

    it('that it could not end are recovered later, with the reason', async () => {
      await using opened = await openTestStore(kind);
      await using server = createServer(opened.store);
      const { recovered, recover } = endWith(opened.store, server.runs);
      const reasons: unknown[] = [];
      await server.runs.start((run, error) => {
        reasons.push(error);
        return recover(run);
      });
      const reason = new ApiError('store_unavailable', 'The store is full.');
      const { id } = await beginOn(server, opened.store);
      server.runs.abandon({ tenant, id }, reason);
      await waitUntil(() => recovered.length === 1);
      assert.deepEqual(reasons, [reason]);
      assert.deepEqual(recovered, [{ tenant, id, request: undefined, attempts: 1 }]);
    });

    it('are recovered when it owns them unknowingly, after a lost reply', async () => {
      await using opened = await openTestStore(kind);
      await using server = createServer(opened.store);
      const { recovered, recover } = endWith(opened.store, server.runs);
      await server.runs.start(recover);
      const driven = await beginOn(server, opened.store);
      const unknown = await beginRun(opened.store, { owner: server.runs.server, id: createResponseId() });
      await waitUntil(() => recovered.length > 0, 'the run that nothing drives');
      await sleep(leaseMs);
      assert.deepEqual(recovered, [{ tenant, id: unknown.id, request: unknown.request, attempts: 1 }]);
      assert.equal(await opened.store.runs.append(driven, ['1']), true);
    });

    it('do not wait for a slow recovery', async () => {
      await using opened = await openTestStore(kind);
      await using server = createServer(opened.store);
      const { recovered, recover } = endWith(opened.store, server.runs);
      const slow = await beginRun(opened.store);
      const { promise: isOver, resolve } = Promise.withResolvers<void>();
      await server.runs.start(async (run) => {
        if (run.id === slow.id) await isOver;
        await recover(run);
      });
      await sleep(leaseMs);
      const later = await beginRun(opened.store, { id: createResponseId() });
      await waitUntil(() => recovered.length === 1, 'the run that was lost later');
      assert.equal(recovered[0]?.id, later.id);
      resolve();
      await waitUntil(() => recovered.length === 2);
    });

    it('release stray keys and locks, and no others', async () => {
      await using opened = await openTestStore(kind);
      const { store } = opened;
      await using server = createServer(store);
      await server.runs.start(recoverNothing);
      const reserve = (key: string, owner: string, id = createResponseId()) =>
        store.idempotency.reserve({ tenant, key, fingerprint: '1', id, owner, expiresAt: 4_000_000_000 });
      const known = createResponseId();
      using _held = server.runs.hold(known);
      await using _lock = await server.runs.lock('known');
      await reserve('known', server.runs.server, known);
      await reserve('unknown', server.runs.server);
      await store.leases.lock(server.runs.server, 'unknown');
      await waitUntil(async () => (await reserve('unknown', 'other')) === undefined, 'the key');
      await waitUntil(() => store.leases.lock('other', 'unknown'), 'the lock');
      assert.equal((await reserve('known', 'other'))?.id, known);
      assert.equal(await store.leases.lock('other', 'known'), false);
      assert.deepEqual(server.errors, []);
    });

    it('stop when another server requests it, with or without a notification', async () => {
      await using opened = await openTestStore(kind);
      for (const isNotified of [true, false]) {
        const { leases, runs, idempotency } = opened.store;
        await using server = createServer({ leases, idempotency, runs: isNotified ? runs : deafRuns(runs) });
        await server.runs.start(recoverNothing);
        const { id } = await beginOn(server, opened.store);
        const detached = server.runs.detach(id);
        const other = server.runs.detach(createResponseId());
        assert.equal(await opened.another.runs.cancel(tenant, id), true);
        await waitUntil(() => detached.signal.aborted, isNotified ? 'notified' : 'not notified');
        assert.equal(detached.signal.reason.code, 'request_cancelled');
        assert.equal(other.signal.aborted, false);
        for (const run of [detached, other]) run.end();
        await opened.store.runs.end({ tenant, id, owner: server.runs.server }, []);
      }
    });

    it('hold locks exclusively until they release them', async () => {
      await using opened = await openTestStore(kind);
      await using one = createServer(opened.store);
      await using two = createServer(opened.another);
      for (const { runs } of [one, two]) await runs.start(recoverNothing);
      const lock = await one.runs.lock('door');
      assert.ok(lock);
      assert.equal(await one.runs.lock('door'), undefined);
      assert.equal(await two.runs.lock('door'), undefined);
      await lock[Symbol.asyncDispose]();
      const next = await two.runs.lock('door');
      assert.ok(next);
      await lock[Symbol.asyncDispose]();
      assert.equal(
        await one.runs.lock('door'),
        undefined,
        'a second release does not take the lock from its next holder',
      );
    });

    it('do not get a lock of their own twice when their lease has expired unnoticed', async () => {
      await using opened = await openTestStore(kind);
      await using one = createServer(opened.store);
      await one.runs.start(recoverNothing);
      await using _lock = await one.runs.lock('door');
      await opened.store.leases.release(one.runs.server);
      assert.equal(await one.runs.lock('door'), undefined);
    });

    it('release a lock later when the store was unavailable', async () => {
      await using opened = await openTestStore(kind);
      const { part: leases, broken } = breakable(opened.store.leases);
      await using server = createServer({ ...opened.store, runs: opened.store.runs, leases });
      await server.runs.start(recoverNothing);
      const lock = await server.runs.lock('door');
      broken.add('unlock');
      await lock?.[Symbol.asyncDispose]();
      assert.deepEqual(server.errors, ['failed to release lock']);
      assert.equal(await server.runs.lock('door'), undefined);
      broken.delete('unlock');
      await waitUntil(async () => (await server.runs.lock('door')) !== undefined);
    });

    it('release a lock that they got unknowingly, after a lost reply', async () => {
      await using opened = await openTestStore(kind);
      const { part: leases, broken, unanswered } = breakable(opened.store.leases);
      await using one = createServer({ ...opened.store, runs: opened.store.runs, leases });
      await using two = createServer(opened.another);
      for (const { runs } of [one, two]) await runs.start(recoverNothing);
      unanswered.add('lock');
      broken.add('unlock');
      await assert.rejects(one.runs.lock('door'), { code: 'store_unavailable' });
      unanswered.clear();
      assert.equal(await two.runs.lock('door'), undefined, 'it is locked');
      assert.equal(await one.runs.lock('door'), undefined, 'and is not granted before its release is certain');
      broken.clear();
      await waitUntil(async () => (await two.runs.lock('door')) !== undefined);
    });

    it('survive a store that is unavailable for less than the lease', async () => {
      await using opened = await openTestStore(kind);
      const { part: leases, broken } = breakable(opened.store.leases);
      await using server = createServer({ ...opened.store, runs: opened.store.runs, leases });
      await server.runs.start(recoverNothing);
      const run = await beginOn(server, opened.store);
      broken.add('renew');
      await waitUntil(() => server.errors.length > 0);
      broken.delete('renew');
      await sleep(leaseMs);
      assert.deepEqual(await opened.store.runs.takeOrphans('other', 10, []), []);
      assert.equal(await opened.store.runs.append(run, []), true);
    });
  });
}

describe('detached runs', () => {
  const [kind = assert.fail('there is a kind of store')] = storeKinds;
  const stopping = new ApiError('server_shutting_down', 'Stopping.');

  it('are stopped when their server stops, including new ones; draining waits for their end', async () => {
    await using opened = await openTestStore(kind);
    await using server = createServer(opened.store);
    await server.runs.drained();
    const early = server.runs.detach(createResponseId());
    let isDrained = false;
    const drained = server.runs.drained().then(() => {
      isDrained = true;
    });
    server.runs.stop(stopping);
    const late = server.runs.detach(createResponseId());
    for (const run of [early, late]) assert.equal(run.signal.reason, stopping);
    early.end();
    await sleep(5);
    assert.equal(isDrained, false, 'one is left');
    late.end();
    await drained;
  });

  it('can be interrupted by id while they run', async () => {
    await using opened = await openTestStore(kind);
    await using server = createServer(opened.store);
    const id = createResponseId();
    const run = server.runs.detach(id);
    const other = server.runs.detach(createResponseId());
    server.runs.interrupt(createResponseId(), stopping);
    assert.equal(run.signal.aborted, false);
    server.runs.interrupt(id, stopping);
    assert.deepEqual([run.signal.reason, other.signal.aborted], [stopping, false]);
    for (const each of [run, other]) each.end();
    server.runs.interrupt(id, stopping);
  });
});
