import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { createResponseId } from '../../src/ids.ts';
import { Reaper } from '../../src/runs/reaper.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { createStoredResponse, tenant } from '../store/stored-response.ts';
import { beginResponse, owner, readLog } from '../store/stored-run.ts';

const logSeconds = 3600;
const recordSeconds = 7200;

/** Creates a reaper with a clock that the test sets. `written` collects its log lines. */
function createReaper(store: Pick<Store, 'reap'>) {
  const clock = { seconds: Math.floor(Date.now() / 1000) };
  const written: string[] = [];
  const note = (level: string) => (_fields: unknown, message?: string) => {
    written.push(`${level}: ${message}`);
  };
  const log = { info: note('info'), error: note('error') };
  const reaper = new Reaper({ store, log, retention: { logSeconds, recordSeconds }, now: () => clock.seconds * 1000 });
  return { reaper, clock, written };
}

for (const kind of storeKinds) {
  describe(`the reaper (${kind.name})`, () => {
    it('removes a response from the second in which it expires, and not before', async () => {
      await using opened = await openTestStore(kind);
      const { reaper, clock } = createReaper(opened.store);
      const response = createStoredResponse({ expiresAt: clock.seconds + 100 });
      await opened.store.responses.put(response);
      clock.seconds += 99;
      await reaper.reap();
      assert.equal((await opened.store.responses.get(tenant, response.id))?.id, response.id);
      clock.seconds += 1;
      await reaper.reap();
      assert.equal(await opened.store.responses.get(tenant, response.id), undefined);
    });

    it('removes the log of an ended run after its retention, never that of a running one', async () => {
      await using opened = await openTestStore(kind);
      const { reaper, clock } = createReaper(opened.store);
      const ended = await beginResponse(opened.store);
      const running = await beginResponse(opened.store);
      await opened.store.runs.end(ended.run, ['"last"'], ended.response);
      clock.seconds += logSeconds - 10;
      await reaper.reap();
      assert.equal((await readLog(opened.store, ended.run.id))?.state, 'ended');
      clock.seconds += 20;
      await reaper.reap();
      assert.deepEqual(await readLog(opened.store, ended.run.id), { events: [], state: 'expired' });
      assert.equal((await readLog(opened.store, running.run.id))?.state, 'running');
      assert.ok(await opened.store.responses.get(tenant, ended.response.id), 'the response is kept longer');
    });

    it('removes an expired idempotency key', async () => {
      await using opened = await openTestStore(kind);
      const { reaper, clock } = createReaper(opened.store);
      const { idempotency, leases } = opened.store;
      await leases.renew(owner, 60_000);
      const fields = {
        tenant,
        key: 'key',
        fingerprint: 'f',
        owner,
        expiresAt: clock.seconds + limits.idempotencySeconds,
      };
      const reserve = () => idempotency.reserve({ ...fields, id: createResponseId() });
      assert.equal(await reserve(), undefined);
      clock.seconds += limits.idempotencySeconds - 1;
      await reaper.reap();
      assert.notEqual(await reserve(), undefined);
      clock.seconds += 1;
      await reaper.reap();
      assert.equal(await reserve(), undefined);
    });

    it('removes all expired data in small batches', async () => {
      await using opened = await openTestStore(kind);
      const { part, calls } = breakable(opened.store);
      const { reaper, clock, written } = createReaper(part);
      // No more than the memory store keeps.
      const count = 90;
      for (let made = 0; made < count; made++) {
        await opened.store.responses.put(createStoredResponse({ expiresAt: clock.seconds + 1 + made }));
      }
      await opened.store.responses.put(createStoredResponse());
      clock.seconds += count;
      await reaper.reap();
      assert.equal(await opened.store.responses.count(), 1);
      assert.ok((calls.get('reap') ?? 0) >= 2);
      assert.ok(written.every((line) => line.startsWith('info')) && written.length > 0);
    });

    it('retries when the store could not be reached', async () => {
      await using opened = await openTestStore(kind);
      const { part, broken } = breakable(opened.store);
      const { reaper, clock, written } = createReaper(part);
      await opened.store.responses.put(createStoredResponse({ expiresAt: clock.seconds }));
      broken.add('reap');
      await reaper.reap();
      assert.deepEqual(written, ['error: failed to remove expired data']);
      assert.equal(await opened.store.responses.count(), 1);
      broken.delete('reap');
      await reaper.reap();
      assert.equal(await opened.store.responses.count(), 0);
    });
  });
}

describe('the batches of the reaper', () => {
  it('have a bounded size, and continue until one finds nothing', async () => {
    const left = [limits.reapedAtOnce, limits.reapedAtOnce, 3, 0];
    const asked: unknown[] = [];
    const { reaper, clock } = createReaper({
      async reap(request) {
        asked.push(request);
        return left.shift() ?? assert.fail('it continues after an empty batch');
      },
    });
    await reaper.reap();
    const { seconds } = clock;
    const recordsBefore = seconds - recordSeconds;
    const request = { now: seconds, logsBefore: seconds - logSeconds, recordsBefore, limit: limits.reapedAtOnce };
    assert.deepEqual(asked, [request, request, request, request]);
  });

  it('have ended when it is disposed, and none begins after that', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const batch = Promise.withResolvers<number>();
    let asked = 0;
    const { reaper } = createReaper({
      reap() {
        asked += 1;
        return batch.promise;
      },
    });
    reaper.start();
    t.mock.timers.tick(limits.reaperMs);
    await Promise.resolve();
    let isDisposed = false;
    const disposed = reaper[Symbol.asyncDispose]().then(() => {
      isDisposed = true;
    });
    await Promise.resolve();
    assert.deepEqual([asked, isDisposed], [1, false]);
    batch.resolve(0);
    await disposed;
    t.mock.timers.tick(limits.reaperMs * 3);
    await Promise.resolve();
    assert.equal(asked, 1);
  });
});
