import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAlive } from '../../src/sse/keep-alive.ts';

test('every interval without a write gets one comment', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const written: string[] = [];
  using _idle = keepAlive(1000, (comment) => written.push(comment));
  t.mock.timers.tick(999);
  assert.deepEqual(written, []);
  t.mock.timers.tick(1);
  assert.deepEqual(written, [': keep-alive\n\n']);
  for (let count = 0; count < 2; count++) t.mock.timers.tick(1000);
  assert.equal(written.length, 3);
});

test('nothing is written once disposed', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const written: string[] = [];
  keepAlive(1000, (comment) => written.push(comment))[Symbol.dispose]();
  t.mock.timers.tick(5000);
  assert.deepEqual(written, []);
});

test('a write restarts the interval', async () => {
  const started = performance.now();
  let refreshed = started;
  const at = await new Promise<number>((resolve) => {
    const idle = keepAlive(60, () => {
      idle[Symbol.dispose]();
      resolve(performance.now());
    });
    const writer = setInterval(() => {
      idle.refresh();
      refreshed = performance.now();
      if (refreshed - started > 150) clearInterval(writer);
    }, 20);
  });
  assert.ok(at - refreshed >= 55, `a comment came ${at - refreshed} ms after a write`);
});
