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

/** A server whose store is never out of reach. */
const serverOf = (server: string): OnceRequest['by'] => ({
  server,
  settle: (_what, action) => action(),
  hold: () => ({ [Symbol.dispose]() {} }),
});

/** Its run has one id, whenever it begins. */
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

/** A start that begins the run, as each does that can be done. */
const begin =
  (store: Store, { tenant, by }: OnceRequest) =>
  async (id: RunId) => {
    const isBegun = await store.runs.begin(createRun({ id, owner: by.server, tenant, reserved: true }));
    if (!isBegun) throw createKeyTaken();
  };

/** A server reserves the key, and sleeps until its lease has run out. `server-b` goes on; `ids` are of what was started. */
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

const unexpected = () => assert.fail('it was done already');
const isError = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code;

for (const kind of storeKinds) {
  const open = async (): Promise<TestStore> => {
    const opened = await openTestStore(kind);
    await opened.store.leases.renew(owner, 60_000);
    return opened;
  };

  describe(`what is done once (${kind.name})`, () => {
    it('is started by one of twenty who race for it; all get the id of its run', async () => {
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

    it('is the same for fields in another order, and for nothing else', async () => {
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

    it('is another thing for another key and for another tenant', async () => {
      await using opened = await open();
      for (const fields of [{}, { key: 'key-2' }, { tenant: 'tenant-b' }]) {
        const request = createRequest(fields);
        const done = await runOnce(opened.store, request, begin(opened.store, request));
        assert.deepEqual(done, { id: request.createId(), replayed: false });
      }
    });

    it('is tried by the next when the first could not start it, who gets its error', async () => {
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
      ['the reservation got no answer', 'reserve'],
      ['it can’t be freed at once', 'free'],
    ] as const) {
      it(`can be done by the next after the store failed, also where ${how}`, async () => {
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

    it('is done by the next when the server that reserved it died before it began', async () => {
      await using opened = await open();
      await opened.store.leases.renew('server-b', 60_000);
      void runOnce(opened.store, createRequest(), () => new Promise(() => {}));
      await waitUntil(async () => (await reserved(opened.store)) !== undefined);
      const next = createRequest({ by: serverOf('server-b') });
      const waiting = runOnce(opened.another, next, begin(opened.another, next));
      await opened.store.leases.release(owner);
      assert.deepEqual(await waiting, { id: next.createId(), replayed: false });
    });

    it('is what another server made when the one that reserved it slept until then, and begins nothing', async () => {
      await using opened = await open();
      const { ids, sleeping, wake } = await fallAsleep(opened.store);
      const next = createRequest({ by: serverOf('server-b') });
      await runOnce(opened.another, next, begin(opened.another, next));
      wake();
      assert.deepEqual(await sleeping, { id: next.createId(), replayed: true });
      assert.equal(ids.length, 1, 'it is not started again');
      assert.equal(await readLog(opened.store, ids[0] ?? assert.fail()), undefined);
    });

    it('is started again, under a new id, by who slept until another took the key and gave it up', async () => {
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

    it('is waited for no longer when the client has gone', async () => {
      await using opened = await open();
      void runOnce(opened.store, createRequest(), () => new Promise(() => {}));
      await waitUntil(async () => (await reserved(opened.store)) !== undefined);
      const controller = new AbortController();
      const waiting = runOnce(opened.another, createRequest({ signal: controller.signal }), unexpected);
      const reason = new ApiError('request_cancelled', 'Gone.');
      controller.abort(reason);
      await assert.rejects(waiting, reason);
    });

    it('is tried anew by one of twenty when what was done came to nothing', async () => {
      await using opened = await open();
      const first = createRequest();
      await runOnce(opened.store, first, begin(opened.store, first));
      const cameToNothing = async (id: string) => id === first.createId();
      let starts = 0;
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const store = index % 2 === 0 ? opened.store : opened.another;
          const request = createRequest({ cameToNothing });
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

    it('is the same run long after its end', async () => {
      await using opened = await open();
      const first = createRequest();
      await runOnce(opened.store, first, begin(opened.store, first));
      await opened.store.runs.end({ tenant, id: first.createId(), owner }, ['"last"']);
      const replay = await runOnce(opened.another, createRequest(), unexpected);
      assert.deepEqual(replay, { id: first.createId(), replayed: true });
    });
  });
}

/** What holds the key of these tests: asked for with an owner that is never heard of. */
function reserved({ idempotency }: Store) {
  const expiresAt = Math.floor(Date.now() / 1000) - 1;
  return idempotency.reserve({ tenant, key: 'key-1', fingerprint: '?', id: createResponseId(), owner: '?', expiresAt });
}
