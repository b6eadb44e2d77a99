import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { IdleTimer } from '../src/idle-timer.ts';

test('calls back once, as late as nothing was noted for the time', async () => {
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

test('does not call back once disposed, even after it looked', async () => {
  const calls: string[] = [];
  const timer = new IdleTimer(20, () => calls.push('called'));
  timer.note();
  await pause(25);
  timer[Symbol.dispose]();
  await pause(60);
  assert.ok(calls.length <= 1);
});
