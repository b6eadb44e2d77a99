import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Changes } from '../../src/runs/changes.ts';

/** Longer than any test takes. */
const long = 60_000;
const never = new AbortController().signal;

describe('changes', () => {
  it('are delivered once, also when noted between two calls', async () => {
    const changes = new Changes();
    changes.note();
    changes.note();
    await changes.next(long, never);
    const waiting = changes.next(long, never);
    assert.equal(await Promise.race([waiting.then(() => 'heard'), sleep(20).then(() => 'waits')]), 'waits');
    changes.note();
    await waiting;
  });

  it('are assumed after the time limit, even without a notification', async () => {
    const changes = new Changes();
    const started = performance.now();
    await changes.next(50, never);
    assert.ok(performance.now() - started >= 45);
    changes.note();
    await changes.next(long, never);
  });

  it('reject with the reason of the signal when it aborts', async () => {
    const changes = new Changes();
    const controller = new AbortController();
    const waiting = changes.next(long, controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    changes.note();
    await assert.rejects(changes.next(long, controller.signal), reason);
  });

  it('may be noted after the wait has ended', async () => {
    const changes = new Changes();
    const { note } = changes;
    await changes.next(1, never);
    note();
    note();
    await changes.next(long, never);
  });
});
