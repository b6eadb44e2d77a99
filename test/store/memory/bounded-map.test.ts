import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BoundedMap } from '../../../src/store/memory/bounds/bounded-map.ts';

function createMap(keys: string, maximum: number): { map: BoundedMap<string>; removed: string[] } {
  const removed: string[] = [];
  const map = new BoundedMap<string>(maximum, (value) => removed.push(value));
  for (const key of keys) map.set(key, key);
  return { map, removed };
}

const valuesOf = (map: BoundedMap<string>): string => map.values().toArray().join('');

describe('BoundedMap', () => {
  it('removes the least recently used value over its maximum', () => {
    const { map, removed } = createMap('abc', 3);
    assert.equal(map.use('a'), 'a');
    map.set('d', 'd');
    map.set('e', 'e');
    assert.deepEqual(removed, ['b', 'c']);
    assert.equal(valuesOf(map), 'ade');
    assert.equal(map.size, 3);
    assert.equal(map.use('b'), undefined);
  });

  it('replaces a value, marks it as recent, and does not report a removal', () => {
    const { map, removed } = createMap('abc', 3);
    map.set('a', 'A');
    assert.equal(valuesOf(map), 'Abc');
    map.set('d', 'd');
    assert.deepEqual(removed, ['b']);
  });

  it('returns whether there was a value to delete', () => {
    const { map, removed } = createMap('ab', 3);
    assert.equal(map.delete('a'), true);
    assert.equal(map.delete('a'), false);
    assert.deepEqual(removed, ['a']);
    assert.equal(valuesOf(map), 'b');
  });

  it('makes nothing recent by listing', () => {
    const { map, removed } = createMap('ab', 2);
    valuesOf(map);
    map.set('c', 'c');
    assert.deepEqual(removed, ['a']);
  });

  it('can be used again after it was cleared', () => {
    const { map, removed } = createMap('abc', 3);
    map.clear();
    assert.equal(map.size, 0);
    for (const key of 'defg') map.set(key, key);
    assert.equal(valuesOf(map), 'efg');
    assert.deepEqual(removed, ['d']);
  });
});
