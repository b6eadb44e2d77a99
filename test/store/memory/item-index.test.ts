import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ItemIndex } from '../../../src/store/memory/content/item-index.ts';
import { toSerializedItem } from '../../../src/store/memory/content/serialized-item.ts';

interface Owner {
  tenant: string;
  name: string;
}

const one: Owner = { tenant: 'a', name: 'one' };
const two: Owner = { tenant: 'a', name: 'two' };
const theirs: Owner = { tenant: 'b', name: 'theirs' };
const items = (...ids: string[]) => ids.map((id) => toSerializedItem({ id }));

describe('ItemIndex', () => {
  it('lists every owner of an item, of one tenant', () => {
    const index = new ItemIndex<Owner>();
    index.add(one, items('x', 'y'));
    index.add(two, items('y'));
    index.add(theirs, items('y'));
    assert.deepEqual(index.owners('a', 'x'), [one]);
    assert.deepEqual(index.owners('a', 'y'), [one, two]);
    assert.deepEqual(index.owners('b', 'y'), [theirs]);
    assert.deepEqual(index.owners('b', 'x'), []);
  });

  it('removes an owner as often as it was added, and drops items without owners', () => {
    const index = new ItemIndex<Owner>();
    index.add(one, items('x', 'x'));
    index.add(two, items('x'));
    index.remove(one, items('x'));
    assert.deepEqual(index.owners('a', 'x'), [one, two]);
    index.remove(one, items('x'));
    assert.deepEqual(index.owners('a', 'x'), [two]);
    index.remove(two, items('x'));
    assert.deepEqual(index.owners('a', 'x'), []);
    assert.equal(index.size, 0);
  });

  it('ignores the removal of unknown items', () => {
    const index = new ItemIndex<Owner>();
    index.add(one, items('x'));
    index.remove(two, items('x', 'y'));
    assert.deepEqual(index.owners('a', 'x'), [one]);
  });
});
