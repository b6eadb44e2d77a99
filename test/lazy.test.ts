import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lazy, lazyAsync } from '../src/lazy.ts';

test('a value is made once, at the first call', () => {
  let calls = 0;
  const value = lazy(() => ++calls);
  assert.deepEqual([calls, value(), value(), calls], [0, 1, 1, 1]);
});

test('a value is loaded once, and again after a failure', async () => {
  let loads = 0;
  const value = lazyAsync(() => {
    loads += 1;
    return loads === 1 ? Promise.reject(new Error('Too many open files.')) : Promise.resolve(loads);
  });
  await assert.rejects(value(), /Too many/);
  assert.deepEqual([await value(), await value(), loads], [2, 2, 2]);
});
