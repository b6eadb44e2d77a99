import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from '../../src/config/loopback.ts';

for (const host of [
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
  'localhost',
  'LocalHost',
  'app.localhost',
]) {
  test(`${host} is a loopback address`, () => assert.equal(isLoopback(host), true));
}

for (const host of [
  '',
  '0.0.0.0',
  '::',
  '[::]',
  '128.0.0.1',
  '10.0.0.1',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'notlocalhost',
  '127.1',
  '2130706433',
  '::ffff:10.0.0.1',
  '::2',
]) {
  test(`${host || 'an empty name'} is not a loopback address`, () => assert.equal(isLoopback(host), false));
}
