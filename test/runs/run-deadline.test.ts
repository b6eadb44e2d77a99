import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { RunDeadline } from '../../src/runs/run-deadline.ts';

suite('RunDeadline', () => {
  test('aborts with run_timeout when the time is up', async () => {
    using deadline = new RunDeadline(new AbortController().signal, 10);
    await delay(50);
    assert.equal(deadline.signal.reason.code, 'run_timeout');
    assert.equal(deadline.signal.reason.status, 504);
  });

  test('aborts with the reason of the caller', () => {
    const caller = new AbortController();
    using deadline = new RunDeadline(caller.signal, 10_000);
    const reason = new Error('gone');
    caller.abort(reason);
    assert.equal(deadline.signal.reason, reason);
    using late = new RunDeadline(caller.signal, 10_000);
    assert.equal(late.signal.reason, reason);
  });

  test('leaves nothing behind when it is disposed', async () => {
    const caller = new AbortController();
    const deadline = new RunDeadline(caller.signal, 10);
    deadline[Symbol.dispose]();
    await delay(50);
    assert.equal(deadline.signal.aborted, false);
    assert.deepEqual(getEventListeners(caller.signal, 'abort'), []);
  });
});
