import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateHeaders, toDuration } from '../../../src/http/access/rate-headers.ts';

// The forms of OpenAI's documentation: 1s, 6m0s, 20ms.
const durations: [milliseconds: number, text: string][] = [
  [0, '0ms'],
  [0.2, '1ms'],
  [6, '6ms'],
  [999, '999ms'],
  [1000, '1s'],
  [1500, '1.5s'],
  [8640, '8.64s'],
  [59_999.5, '1m0s'],
  [60_000, '1m0s'],
  [90_250, '1m30.25s'],
  [360_000, '6m0s'],
  [3_600_000, '1h0m0s'],
  [3_661_001, '1h1m1.001s'],
];
for (const [milliseconds, text] of durations) {
  test(`${milliseconds} ms is ${text}`, () => assert.equal(toDuration(milliseconds), text));
}

test("rate limits are sent in OpenAI's headers", () => {
  assert.deepEqual(rateHeaders({ limit: 60, remaining: 59, resetMs: 1000, waitMs: 0 }), {
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '59',
    'x-ratelimit-reset-requests': '1s',
  });
});
