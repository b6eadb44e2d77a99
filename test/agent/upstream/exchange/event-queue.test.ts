import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AgentEvent } from '../../../../src/agent/agent-client.ts';
import { EventQueue } from '../../../../src/agent/upstream/exchange/event-queue.ts';
import { ApiError } from '../../../../src/errors/api-error.ts';

const say = (text: string): AgentEvent => ({ type: 'text-delta', text });
const broken = new ApiError('upstream_error', 'broken');
const done = { done: true, value: undefined };

function createQueue(maxBatches = 2) {
  const calls: string[] = [];
  const controller = new AbortController();
  const source = {
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
    close: () => calls.push('close'),
  };
  return { queue: new EventQueue({ source, signal: controller.signal, maxBatches }), calls, controller };
}

suite('EventQueue', () => {
  test('makes one batch of all events of one turn for a waiting reader', async () => {
    const { queue } = createQueue();
    const first = queue.next();
    queue.push([say('a'), say('b')]);
    queue.push([say('c')]);
    assert.deepEqual(await first, { done: false, value: [say('a'), say('b'), say('c')] });
  });

  test('sends all buffered events to a slow reader at once, in order', async () => {
    const { queue } = createQueue();
    queue.push([say('a')]);
    await nextTurn();
    queue.push([say('b')]);
    await nextTurn();
    assert.deepEqual(await queue.next(), { done: false, value: [say('a'), say('b')] });
  });

  test('ends after the pushed events', async () => {
    const { queue } = createQueue();
    queue.push([say('a')]);
    queue.end();
    queue.push([say('too late')]);
    assert.deepEqual(await queue.next(), { done: false, value: [say('a')] });
    assert.deepEqual(await queue.next(), done);
    assert.deepEqual(await queue.next(), done);
  });

  test('ends for a waiting reader', async () => {
    const { queue } = createQueue();
    const first = queue.next();
    queue.end();
    assert.deepEqual(await first, done);
  });

  test('fails once, after the pushed events, then has ended', async () => {
    const { queue } = createQueue();
    queue.push([say('a')]);
    queue.fail(broken);
    queue.fail(new ApiError('upstream_error', 'and again'));
    assert.deepEqual(await queue.next(), { done: false, value: [say('a')] });
    await assert.rejects(queue.next(), broken);
    assert.deepEqual(await queue.next(), done);
  });

  test('fails for a waiting reader', async () => {
    const { queue } = createQueue();
    const first = queue.next();
    queue.fail(broken);
    await assert.rejects(first, broken);
  });

  test('cancels at once and drops the pushed events', async () => {
    const { queue } = createQueue();
    queue.push([say('a')]);
    queue.cancel(broken);
    await assert.rejects(queue.next(), broken);
    assert.deepEqual(await queue.next(), done);
  });

  test('drops the rest of an ended source once the signal is aborted', async () => {
    const { queue, controller } = createQueue();
    queue.push([say('a')]);
    queue.end();
    controller.abort();
    await assert.rejects(queue.next(), { code: 'request_cancelled' });
  });

  test('pauses the source when too many batches are buffered, and resumes it when they are read', async () => {
    const { queue, calls } = createQueue(2);
    queue.push([say('a')]);
    await nextTurn();
    assert.deepEqual(calls, []);
    queue.push([say('b')]);
    await nextTurn();
    assert.deepEqual(calls, ['pause']);
    queue.push([say('c')]);
    await nextTurn();
    assert.deepEqual(calls, ['pause'], 'paused once');
    await queue.next();
    assert.deepEqual(calls, ['pause', 'resume']);
    queue.push([say('d')]);
    await nextTurn();
    assert.deepEqual(calls, ['pause', 'resume'], 'counts from scratch');
  });

  test('does not pause a source that has ended', async () => {
    const { queue, calls } = createQueue(1);
    queue.push([say('a')]);
    queue.end();
    await nextTurn();
    await queue.next();
    assert.deepEqual(calls, []);
  });

  test('does not pause a source for a reader that keeps up', async () => {
    const { queue, calls } = createQueue(1);
    for (const text of ['a', 'b', 'c']) {
      const next = queue.next();
      queue.push([say(text)]);
      await next;
    }
    assert.deepEqual(calls, []);
  });

  test('closes the source when the reader stops, then has ended', async () => {
    const { queue, calls } = createQueue();
    queue.push([say('a')]);
    for await (const batch of queue) {
      assert.deepEqual(batch, [say('a')]);
      break;
    }
    assert.deepEqual(calls, ['close']);
    queue.push([say('b')]);
    queue.fail(broken);
    assert.deepEqual(await queue.next(), done);
  });

  test('releases a waiting reader when the iterator returns', async () => {
    const { queue } = createQueue();
    const first = queue.next();
    await queue.return();
    assert.deepEqual(await first, done);
  });

  test('allows one reader at a time', async () => {
    const { queue } = createQueue();
    const first = queue.next();
    await assert.rejects(queue.next(), /one reader at a time/);
    queue.end();
    await first;
  });
});
