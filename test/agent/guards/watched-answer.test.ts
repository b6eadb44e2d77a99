import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentEventBatch } from '../../../src/agent/agent-client.ts';
import { WatchedAnswer } from '../../../src/agent/guards/watched-answer.ts';

function setUp() {
  const stop = new AbortController();
  const noted: unknown[] = [];
  const reported = Promise.withResolvers<void>();
  async function* answer(): AsyncGenerator<AgentEventBatch> {
    yield [{ type: 'text-delta', text: 'one' }];
    yield [{ type: 'text-delta', text: 'two' }];
  }
  const watch = {
    received: (batch: AgentEventBatch) => void noted.push(...batch),
    ended(error?: unknown) {
      noted.push(error ?? 'end');
      return reported.promise;
    },
  };
  return { stop, noted, reported, watched: new WatchedAnswer(answer(), stop.signal, watch) };
}

test('reports the end of an aborted answer once, and nothing after it', async () => {
  const { stop, noted, reported, watched } = setUp();
  reported.resolve();
  await watched.next();
  stop.abort('left');
  assert.equal((await watched.next()).done, false, 'the reader still gets what the agent yields');
  assert.equal((await watched.next()).done, true);
  assert.deepEqual(noted, [{ type: 'text-delta', text: 'one' }, 'left']);
});

test('ends for a reader that leaves once the end is reported', async () => {
  const { stop, noted, reported, watched } = setUp();
  stop.abort('left');
  let isLeft = false;
  const left = watched.return().then(() => {
    isLeft = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isLeft, false);
  reported.resolve();
  await left;
  assert.deepEqual(noted, ['left']);
});
