import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { IdleTimer } from '../src/idle-timer.ts';

test('calls back once, after the time without a note', async () => {
  const calls: number[] = [];
  const timer = new IdleTimer(60, () => calls.push(performance.now()));
  let noted = 0;
  for (let count = 0; count < 5; count++) {
    await pause(20);
    timer.note();
    noted = performance.now();
  }
  assert.deepEqual(calls, []);
  await pause(150);
  assert.equal(calls.length, 1);
  assert.ok((calls[0] ?? 0) - noted >= 55, `${calls[0]} came too soon after ${noted}`);
});

test('does not call back once disposed, even after it looked', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const calls: string[] = [];
  const timer = new IdleTimer(60_000, () => calls.push('called'));
  timer.note();
  // The clock of `performance` is the real one, so the first look is too early.
  mock.timers.tick(60_000);
  timer[Symbol.dispose]();
  mock.timers.tick(120_000);
  assert.deepEqual(calls, []);
});
