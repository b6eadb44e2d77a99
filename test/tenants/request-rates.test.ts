import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RequestRates } from '../../src/tenants/request-rates.ts';

/** A clock that the test advances. */
function startRates() {
  let now = 1000;
  const rates = new RequestRates(() => now);
  const waitFor = (milliseconds: number) => {
    now += milliseconds;
  };
  return { rates, waitFor };
}

describe('the rate of requests', () => {
  test('admits the requests of a minute at once, then one at a time as tokens refill', () => {
    const { rates, waitFor } = startRates();
    for (let left = 59; left >= 0; left -= 1) {
      const { remaining, waitMs, limit, resetMs } = rates.count('a', 60);
      assert.deepEqual([remaining, waitMs, limit, resetMs], [left, 0, 60, (60 - left) * 1000]);
    }
    assert.deepEqual(rates.count('a', 60), { limit: 60, remaining: 0, resetMs: 60_000, waitMs: 1000 });
    waitFor(999);
    assert.deepEqual(rates.count('a', 60), { limit: 60, remaining: 0, resetMs: 59_001, waitMs: 1 });
    waitFor(1);
    assert.deepEqual(rates.count('a', 60), { limit: 60, remaining: 0, resetMs: 60_000, waitMs: 0 });
  });

  test('a refused request costs no token', () => {
    const { rates, waitFor } = startRates();
    rates.count('a', 1);
    for (let i = 0; i < 1000; i += 1) assert.equal(rates.count('a', 1).waitMs, 60_000);
    waitFor(60_000);
    assert.equal(rates.count('a', 1).waitMs, 0);
  });

  test('a pause refills up to the limit', () => {
    const { rates, waitFor } = startRates();
    rates.count('a', 2);
    waitFor(3_600_000);
    assert.deepEqual(
      [1, 2, 3].map(() => rates.count('a', 2).waitMs > 0),
      [false, false, true],
    );
  });

  test('each tenant has its own limit', () => {
    const { rates } = startRates();
    rates.count('a', 1);
    assert.ok(rates.count('a', 1).waitMs > 0);
    assert.equal(rates.count('b', 1).waitMs, 0);
  });

  test('a changed limit applies at once', () => {
    const { rates, waitFor } = startRates();
    rates.count('a', 100);
    assert.equal(rates.count('a', 3).remaining, 2);
    assert.equal(rates.count('a', 100).remaining, 1);
    waitFor(600);
    assert.equal(rates.count('a', 100).remaining, 1);
  });

  test('admits no more than the limit and the refill over any time', () => {
    const { rates, waitFor } = startRates();
    let through = 0;
    for (let step = 0; step < 10_000; step += 1) {
      if (rates.count('a', 600).waitMs === 0) through += 1;
      waitFor(30);
    }
    // Five minutes of 600, and the first bucket.
    assert.ok(through <= 600 + 3000 && through >= 600 + 2998, `${through}`);
  });

  test('admits a request after the reported wait', () => {
    const { rates, waitFor } = startRates();
    for (let turn = 0; turn < 500; turn += 1) {
      const { waitMs } = rates.count('a', 7);
      if (waitMs === 0) continue;
      waitFor(Math.ceil(waitMs / 1000) * 1000);
      assert.equal(rates.count('a', 7).waitMs, 0, `turn ${turn}`);
    }
  });

  test('removes the buckets of removed tenants', () => {
    const { rates } = startRates();
    rates.count('a', 1);
    rates.count('b', 1);
    rates.retain(new Map([['a', {}]]));
    assert.deepEqual([rates.count('a', 1).waitMs > 0, rates.count('b', 1).waitMs > 0], [true, false]);
  });
});
