import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { DetachedRun } from '../../src/runs/detached-run.ts';

function counted() {
  const counts = { ended: 0 };
  const run = new DetachedRun(() => {
    counts.ended += 1;
  });
  return { counts, run };
}

describe('a detached run', () => {
  it('is taken to its end, and says when its first was there and when it has ended', async () => {
    const { counts, run } = counted();
    const seen: string[] = [];
    async function* yields() {
      seen.push('first');
      yield 1;
      seen.push('second');
      yield 2;
      seen.push('end');
      assert.equal(run.signal.aborted, false);
    }
    let firsts = 0;
    await run.drive(yields(), () => {
      firsts += 1;
      if (firsts === 1) assert.deepEqual(seen, ['first']);
    });
    await run.ended;
    assert.deepEqual(seen, ['first', 'second', 'end']);
    assert.deepEqual(counts, { ended: 1 });
  });

  it('stops what it has left open when it has ended, however it did', async () => {
    const [whole, broken, idle] = [counted().run, counted().run, counted().run];
    async function* none() {}
    async function* yields() {
      yield 1;
      throw new Error('broken');
    }
    await whole.drive(none());
    await assert.rejects(broken.drive(yields()), /broken/);
    idle.end();
    for (const { signal } of [whole, broken, idle]) assert.ok(signal.reason instanceof ApiError);
  });

  it('has ended also when it throws, which whoever drives it hears', async () => {
    const { counts, run } = counted();
    async function* yields() {
      yield 1;
      throw new Error('broken');
    }
    await assert.rejects(run.drive(yields()), /broken/);
    await run.ended;
    assert.deepEqual(counts, { ended: 1 });
  });

  it('is told to stop with the reason that is given, the first one', () => {
    const { run } = counted();
    const reason = new ApiError('request_cancelled', 'Cancelled.');
    run.stop(reason);
    run.stop(new ApiError('server_shutting_down', 'Stopping.'));
    assert.equal(run.signal.reason, reason);
  });

  it('has ended when there is nothing to drive', async () => {
    const { counts, run } = counted();
    run.end();
    await run.ended;
    assert.deepEqual(counts, { ended: 1 });
  });
});
