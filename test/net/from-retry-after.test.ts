import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromRetryAfter } from '../../src/net/from-retry-after.ts';

const parse = (header: string | string[] | undefined) => fromRetryAfter(header, 86_400);

suite('fromRetryAfter', () => {
  test('reads seconds, rounded up', () => {
    assert.deepEqual(['7', ' 7 ', '0', '0.2'].map(parse), [7, 7, 0, 1]);
  });

  test('reads an HTTP date as the seconds until then', () => {
    const seconds = parse(new Date(Date.now() + 30_000).toUTCString());
    assert.ok(seconds !== undefined && seconds >= 29 && seconds <= 30, String(seconds));
  });

  test('reads a past date as now', () => {
    assert.equal(parse('Wed, 21 Oct 2015 07:28:00 GMT'), 0);
    assert.equal(parse('-5'), 0);
  });

  test('reads the first of several', () => {
    assert.equal(parse(['3', '9']), 3);
  });

  test('returns at most the maximum', () => {
    const far = new Date(Date.UTC(9999, 1, 1)).toUTCString();
    assert.deepEqual(['86401', '9'.repeat(400), far].map(parse), [86_400, 86_400, 86_400]);
  });

  test('returns undefined for an invalid value', () => {
    const nonsense = [undefined, '', '  ', 'soon', 'Infinity', '1e300', '0x10', '--5', '12 monkeys'];
    assert.deepEqual(nonsense.map(parse), new Array(nonsense.length).fill(undefined));
  });
});
