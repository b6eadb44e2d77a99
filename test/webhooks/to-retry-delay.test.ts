import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { toRetryDelay } from '../../src/webhooks/to-retry-delay.ts';

const attempts = Array.from({ length: 12 }, (_, index) => index + 1);

test('the waits grow to hours, and the last one repeats', () => {
  const waits = attempts.map((count) => toRetryDelay(count, 0.5));
  assert.deepEqual(waits.slice(0, 8), [...limits.webhookRetryMs]);
  assert.deepEqual(waits.slice(7), new Array(5).fill(limits.webhookRetryMs.at(-1)));
});

test('the waits vary by a tenth', () => {
  assert.equal(toRetryDelay(1, 0), 4500);
  assert.equal(toRetryDelay(1, 1), 5500);
});

test('about ten attempts are made within the three days that a webhook is kept', () => {
  const expiresAt = limits.webhookSeconds * 1000;
  for (const random of [0, 1]) {
    let at = 0;
    const made = attempts.filter((count) => {
      at += toRetryDelay(count, random);
      return at < expiresAt;
    });
    assert.ok(made.length + 1 >= 9 && made.length + 1 <= 11, `${made.length + 1}`);
  }
});
