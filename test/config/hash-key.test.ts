import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKey, hashKey, isKeyHash } from '../../src/config/hash-key.ts';

test('a key is 256 random bits after a prefix for secret scanners', () => {
  const keys = Array.from({ length: 100 }, createKey);
  for (const key of keys) {
    assert.match(key, /^tlr_[A-Za-z0-9_-]{43}$/);
    assert.equal(Buffer.from(key.slice(4), 'base64url').length, 32);
  }
  assert.equal(new Set(keys).size, keys.length);
});

test('its hash is plain SHA-256', () => {
  // FIPS 180-2, B.1.
  assert.equal(hashKey('abc'), 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.ok(isKeyHash(hashKey('abc')));
});

for (const text of [
  '',
  'abc',
  'sha256:',
  `sha256:${'0'.repeat(63)}`,
  `sha256:${'A'.repeat(64)}`,
  `${'0'.repeat(64)}`,
  `sha512:${'0'.repeat(64)}`,
  `sha256:${'0'.repeat(64)}\n`,
]) {
  test(`${JSON.stringify(text.slice(0, 20))} of ${text.length} characters is not a hash`, () =>
    assert.equal(isKeyHash(text), false));
}
