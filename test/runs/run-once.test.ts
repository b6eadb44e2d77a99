import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { createKeyTaken, type OnceRequest, runOnce } from '../../src/runs/run-once.ts';
import type { RunId } from '../../src/store/run-store.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { createRuns } from '../helpers/create-runs.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { tenant } from '../store/stored-response.ts';
import { createRun, owner, readLog } from '../store/stored-run.ts';

/** A server whose store is always available. */
const serverOf = (server: string): OnceRequest['by'] => ({
  server,
  settle: (_task, action) => action(),
  hold: () => ({ [Symbol.dispose]() {} }),
});

/** Creates a request whose run always gets the same id. */
function createRequest(fields: Partial<OnceRequest> = {}): OnceRequest {
  const id = createResponseId();
  return {
    tenant,
    key: 'key-1',
    content: ['createResponse', { input: 'Hello', model: 'a' }],
    createId: () => id,
    by: serverOf(owner),
    signal: new AbortController().signal,
    ...fields,
  };
}

/** Begins the run, as a successful start does. */
const begin =
  (store: Store, { tenant, by }: OnceRequest) =>
  async (id: RunId) => {
    const isBegun = await store.runs.begin(createRun({ id, owner: by.server, tenant, reserved: true }));
    if (!isBegun) throw createKeyTaken();
  };

/** Reserves the key on a server that sleeps until its lease has expired. `ids` collects the started runs; `server-b` lives. */
async function fallAsleep(store: Store) {
  await store.leases.renew('server-b', 60_000);
  const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
  const ids: RunId[] = [];
  const sleeper = createRequest({ createId: createResponseId });
  const sleeping = runOnce(store, sleeper, async (id) => {
    ids.push(id);
    await awake;
    await begin(store, sleeper)(id);
  });
  await waitUntil(() => ids.length === 1);
  await store.leases.release(owner);
  return { ids, sleeping, wake };
}

const unexpected = () => assert.fail('the run was started before');
const isError = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code;

for (const kind of storeKinds) {
  const open = async (): Promise<TestStore> => {
    const opened = await openTestStore(kind);
    await opened.store.leases.renew(owner, 60_000);
    return opened;
  };

  describe(`a keyed request (${kind.name})`, () => {
    it('is started by one of twenty concurrent requests; all get the id of its run', async () => {
      await using opened = await open();
      let starts = 0;
      const requests = Array.from({ length: 20 }, () => createRequest());
      const results = await Promise.all(
        requests.map((request, index) => {
          const store = index % 2 === 0 ? opened.store : opened.another;
          return runOnce(store, request, async (id) => {
            starts += 1;
            await begin(store, request)(id);
          });
        }),
      );
      assert.equal(starts, 1);
      assert.equal(new Set(results.map(({ id }) => id)).size, 1);
      assert.equal(results.filter(({ replayed }) => !replayed).length, 1);
    });

    it('matches content with another order of fields, and no other content', async () => {
      await using opened = await open();
      const content = ['createResponse', { input: [{ role: 'user', content: 'Hi' }], model: 'a' }];
      const first = createRequest({ content });
      await runOnce(opened.store, first, begin(opened.store, first));
      const same = ['createResponse', { model: 'a', input: [{ content: 'Hi', role: 'user' }] }];
      const replay = await runOnce(opened.store, createRequest({ content: same }), unexpected);
      assert.deepEqual(replay, { id: first.createId(), replayed: true });
      for (const other of [
        ['createChatCompletion', content[1]],
        ['createResponse', { input: [{ role: 'user', content: 'Hi' }], model: 'b' }],
        ['createResponse', { input: [{ role: 'user', content: 'Hi' }], model: 'a', stream: true }],
        ['createResponse', { input: { 0: { role: 'user', content: 'Hi' } }, model: 'a' }],
      ]) {
        const attempt = runOnce(opened.store, createRequest({ content: other }), unexpected);
        await assert.rejects(attempt, isError('idempotency_key_conflict'), JSON.stringify(other));
      }
    });

    it('is separate for each key and tenant', async () => {
      await using opened = await open();
      for (const fields of [{}, { key: 'key-2' }, { tenant: 'tenant-b' }]) {
        const request = createRequest(fields);
        const done = await runOnce(opened.store, request, begin(opened.store, request));
        assert.deepEqual(done, { id: request.createId(), replayed: false });
      }
    });

    it('is started by the next request when the first could not; the first gets the error', async () => {
      await using opened = await open();
      const { promise: failing, reject: fail } = Promise.withResolvers<void>();
      const { promise: isStarted, resolve: noteStart } = Promise.withResolvers<void>();
      const first = runOnce(opened.store, createRequest(), () => {
        noteStart();
        return failing;
      });
      await isStarted;
      const second = createRequest();
      const waiting = runOnce(opened.another, second, begin(opened.another, second));
      const reason = new ApiError('upstream_error', 'No.');
      fail(reason);
      await assert.rejects(first, reason);
      assert.deepEqual(await waiting, { id: second.createId(), replayed: false });
    });

    for (const [how, method] of [
      ['the reply to the reservation was lost', 'reserve'],
      ['the key cannot be released immediately', 'free'],
    ] as const) {
      it(`can be started by the next request after the store failed, also when ${how}`, async () => {
        await using opened = await open();
        const { part: idempotency, broken, unanswered } = breakable(opened.store.idempotency);
        await using runs = createRuns(opened.store, { leaseMs: 300 });
        await runs.start(async () => {});
        broken.add('free');
        if (method === 'reserve') unanswered.add('reserve');
        const reason = new ApiError('store_unavailable', 'The store cannot be reached.');
        const failing = runOnce({ ...opened.store, idempotency }, createRequest({ by: runs }), async () => {
          throw reason;
        });
        await assert.rejects(failing, reason);
        broken.clear();
        const next = createRequest();
        assert.deepEqual(await runOnce(opened.another, next, begin(opened.another, next)), {
          id: next.createId(),
          replayed: false,
        });
      });
    }

    it('is started by the next request when the server of the first died before the run began', async () => {
      await using opened = await open();
      await opened.store.leases.renew('server-b', 60_000);
      void runOnce(opened.store, createRequest(), () => new Promise(() => {}));
      await waitUntil(async () => (await reserved(opened.store)) !== undefined);
      const next = createRequest({ by: serverOf('server-b') });
      const waiting = runOnce(opened.another, next, begin(opened.another, next));
      await opened.store.leases.release(owner);
      assert.deepEqual(await waiting, { id: next.createId(), replayed: false });
    });

    it('returns the run of another server when its own slept meanwhile, and begins none', async () => {
      await using opened = await open();
      const { ids, sleeping, wake } = await fallAsleep(opened.store);
      const next = createRequest({ by: serverOf('server-b') });
      await runOnce(opened.another, next, begin(opened.another, next));
      wake();
      assert.deepEqual(await sleeping, { id: next.createId(), replayed: true });
      assert.equal(ids.length, 1, 'it is started once');
      assert.equal(await readLog(opened.store, ids[0] ?? assert.fail()), undefined);
    });

    it('is started again under a new id when its server slept until another took the key and released it', async () => {
      await using opened = await open();
      const { ids, sleeping, wake } = await fallAsleep(opened.store);
      const reason = new ApiError('upstream_error', 'No.');
      const failing = runOnce(opened.another, createRequest({ by: serverOf('server-b') }), async () => {
        throw reason;
      });
      await assert.rejects(failing, reason);
      wake();
      const [first, second] = [await sleeping, ids[1]];
      assert.deepEqual(first, { id: second, replayed: false });
      assert.equal(new Set(ids).size, 2);
    });

    it('stops waiting when the client leaves', async () => {
      await using opened = await open();
      void runOnce(opened.store, createRequest(), () => new Promise(() => {}));
      await waitUntil(async () => (await reserved(opened.store)) !== undefined);
      const controller = new AbortController();
      const waiting = runOnce(opened.another, createRequest({ signal: controller.signal }), unexpected);
      const reason = new ApiError('request_cancelled', 'Gone.');
      controller.abort(reason);
      await assert.rejects(waiting, reason);
    });

    it('is retried by one of twenty requests when the run failed empty', async () => {
      await using opened = await open();
      const first = createRequest();
      await runOnce(opened.store, first, begin(opened.store, first));
      const failedEmpty = async (id: string) => id === first.createId();
      let starts = 0;
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const store = index % 2 === 0 ? opened.store : opened.another;
          const request = createRequest({ failedEmpty });
          return runOnce(store, request, async (id) => {
            starts += 1;
            await begin(store, request)(id);
          });
        }),
      );
      assert.equal(starts, 1);
      const [{ id } = assert.fail()] = results;
      assert.notEqual(id, first.createId());
      for (const result of results) assert.equal(result.id, id);
    });

    it('returns the same run long after its end', async () => {
      await using opened = await open();
      const first = createRequest();
      await runOnce(opened.store, first, begin(opened.store, first));
      await opened.store.runs.end({ tenant, id: first.createId(), owner }, ['"last"']);
      const replay = await runOnce(opened.another, createRequest(), unexpected);
      assert.deepEqual(replay, { id: first.createId(), replayed: true });
    });
  });
}

/** Returns the holder of the key of these tests, by a reservation of an unknown owner. */
function reserved({ idempotency }: Store) {
  const expiresAt = Math.floor(Date.now() / 1000) - 1;
  return idempotency.reserve({ tenant, key: 'key-1', fingerprint: '?', id: createResponseId(), owner: '?', expiresAt });
}
