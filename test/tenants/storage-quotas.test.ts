import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { StorageQuotas } from '../../src/tenants/storage-quotas.ts';

/** A clock, a quota and a number of stored bytes, all set by the test. */
function start(quota: number | undefined, stored = 0) {
  const state = { quota, stored, time: 0, measured: 0 };
  const quotas = new StorageQuotas({
    quotaOf: () => state.quota,
    measure: async () => {
      state.measured += 1;
      return state.stored;
    },
    now: () => state.time,
  });
  const isAdmitted = (length: number): Promise<boolean> =>
    // JSON adds two quotation marks.
    quotas.admit('tenant', 'x'.repeat(length - 2)).then(
      () => true,
      (error: unknown) => {
        assert.ok(error instanceof ApiError && error.code === 'insufficient_quota');
        return false;
      },
    );
  return { state, isAdmitted };
}

describe('a storage quota', () => {
  it('is not measured for tenants without one', async () => {
    const { state, isAdmitted } = start(undefined);
    assert.equal(await isAdmitted(1_000_000), true);
    assert.equal(state.measured, 0);
  });

  it('admits requests up to the exact byte', async () => {
    const { isAdmitted } = start(100, 90);
    assert.equal(await isAdmitted(11), false);
    assert.equal(await isAdmitted(10), true);
  });

  it('counts bytes admitted since the last measurement', async () => {
    const { state, isAdmitted } = start(100, 50);
    assert.deepEqual(await Promise.all([20, 20, 20].map(isAdmitted)), [true, true, false]);
    assert.equal(state.measured, 1);
  });

  it('is measured again, but not sooner than its interval', async () => {
    const { state, isAdmitted } = start(100, 95);
    assert.equal(await isAdmitted(10), false);
    state.stored = 0;
    state.time = limits.quotaMeasureMs - 1;
    assert.equal(await isAdmitted(10), false);
    state.time = limits.quotaMeasureMs;
    assert.equal(await isAdmitted(10), true);
    assert.equal(state.measured, 2);
  });

  it('sees the writes of other servers after a pause', async () => {
    const { state, isAdmitted } = start(100);
    assert.equal(await isAdmitted(10), true);
    state.stored = 100;
    state.time = limits.quotaMeasureMs + limits.quotaMeasuredMs + 1;
    assert.equal(await isAdmitted(10), false);
  });

  it('applies a changed quota from the next request on', async () => {
    const { state, isAdmitted } = start(100, 50);
    assert.equal(await isAdmitted(60), false);
    state.quota = 200;
    assert.equal(await isAdmitted(60), true);
    state.quota = 1;
    assert.equal(await isAdmitted(60), false);
    state.quota = undefined;
    assert.equal(await isAdmitted(60), true);
  });
});
