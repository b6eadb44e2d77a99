import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { memoisePathToRegexp } from '../../src/contract/memoise-path-to-regexp.ts';

interface Compiled {
  regexp: RegExp;
  keys: { name: string }[];
}

const resolve = createRequire(createRequire(import.meta.url).resolve('express-openapi-validator'));
const library: { pathToRegexp(path: string, options?: object): Compiled } = resolve('path-to-regexp');
const original = library.pathToRegexp;
memoisePathToRegexp();

const calls: [path: string, options?: object][] = [
  ['/v1/models'],
  ['/v1/models/:model'],
  ['/v1/models/:model', { end: false }],
  ['/v1/models/:model', { sensitive: true, trailing: true }],
  ['/v1/responses/:response_id'],
];

test('results are the same as without it, for every path and every set of options', () => {
  for (const [path, options] of calls) {
    assert.deepEqual(library.pathToRegexp(path, options), original(path, options), path);
  }
});

test('a result is remembered by path and options together', () => {
  for (const [path, options] of calls) {
    assert.equal(library.pathToRegexp(path, options), library.pathToRegexp(path, options && { ...options }));
  }
  assert.equal(new Set(calls.map(([path, options]) => library.pathToRegexp(path, options))).size, calls.length);
});

test('a remembered pattern keeps no place of its last match', () => {
  const { regexp } = library.pathToRegexp('/v1/models/:model');
  for (let round = 0; round < 3; round++) assert.equal(regexp.exec('/v1/models/a')?.[1], 'a');
});

test('it is applied once, however many servers one process starts', () => {
  const memoised = library.pathToRegexp;
  memoisePathToRegexp();
  assert.equal(library.pathToRegexp, memoised);
  assert.notEqual(memoised, original);
});
