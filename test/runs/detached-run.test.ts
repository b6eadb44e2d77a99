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
  it('is driven to its end, and signals its first events and its end', async () => {
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
    const begun = run.drive(yields());
    await begun;
    assert.deepEqual([seen, counts.ended], [['first', 'second'], 0]);
    await run.ended;
    assert.deepEqual(seen, ['first', 'second', 'end']);
    assert.deepEqual(counts, { ended: 1 });
  });

  it('stops everything that it left open when it has ended, even by failing', async () => {
    const [whole, broken, idle] = [counted().run, counted().run, counted().run];
    async function* none() {}
    async function* fails() {
      yield* none();
      throw new Error('broken');
    }
    await whole.drive(none());
    await assert.rejects(broken.drive(fails()), /broken/);
    idle.end();
    for (const { signal } of [whole, broken, idle]) assert.ok(signal.reason instanceof ApiError);
  });

  it('ends when it fails after its first events, which does not reject', async () => {
    const { counts, run } = counted();
    async function* yields() {
      yield 1;
      throw new Error('broken');
    }
    await run.drive(yields());
    await run.ended;
    assert.deepEqual(counts, { ended: 1 });
  });

  it('stops with the first reason', () => {
    const { run } = counted();
    const reason = new ApiError('request_cancelled', 'Cancelled.');
    run.stop(reason);
    run.stop(new ApiError('server_shutting_down', 'Stopping.'));
    assert.equal(run.signal.reason, reason);
  });

  it('ends when there is nothing to drive', async () => {
    const { counts, run } = counted();
    run.end();
    await run.ended;
    assert.deepEqual(counts, { ended: 1 });
  });
});
