import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tenant } from '../stored-response.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** The start of a day in UTC. */
const midnight = Date.UTC(2026, 10, 30) / 1000;

/** Tests the token counters of tenants. */
export function usageTests(open: OpenStore): void {
  it('are zero before the first tokens', async () => {
    await using opened = await open();
    assert.deepEqual(await opened.store.usage.read(tenant, midnight), { minute: 0, day: 0 });
  });

  it('count each minute and each day in UTC, for each tenant', async () => {
    await using opened = await open();
    const { usage } = opened.store;
    await usage.add(tenant, 1, midnight - 1);
    await usage.add(tenant, 2, midnight);
    await usage.add(tenant, 4, midnight + 59);
    await usage.add(tenant, 8, midnight + 60);
    await usage.add('tenant-b', 16, midnight);
    assert.deepEqual(await usage.read(tenant, midnight - 60), { minute: 1, day: 1 });
    assert.deepEqual(await usage.read(tenant, midnight), { minute: 6, day: 14 });
    assert.deepEqual(await usage.read(tenant, midnight + 119), { minute: 8, day: 14 });
    assert.deepEqual(await usage.read(tenant, midnight + 86_399), { minute: 0, day: 14 });
    assert.deepEqual(await usage.read(tenant, midnight + 86_400), { minute: 0, day: 0 });
    assert.deepEqual(await usage.read('tenant-b', midnight), { minute: 16, day: 16 });
  });

  it('lose nothing of concurrent calls through two handles, up to large numbers', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    await one.usage.add(tenant, 2 ** 40, midnight);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).usage.add(tenant, index, midnight + index),
      ),
    );
    for (const { usage } of [one, two]) {
      assert.deepEqual(await usage.read(tenant, midnight), { minute: 2 ** 40 + 780, day: 2 ** 40 + 780 });
    }
  });

  it('are reaped when their window has ended', async () => {
    await using opened = await open();
    const { usage, reap } = opened.store;
    const reapAt = (now: number) => reap({ now, logsBefore: 0, limit: 10 });
    await usage.add(tenant, 5, midnight);
    assert.equal(await reapAt(midnight + 59), 0);
    assert.equal(await reapAt(midnight + 60), 1);
    assert.deepEqual(await usage.read(tenant, midnight), { minute: 0, day: 5 });
    assert.equal(await reapAt(midnight + 86_400), 1);
    assert.deepEqual(await usage.read(tenant, midnight), { minute: 0, day: 0 });
  });
}
