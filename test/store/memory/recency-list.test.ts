import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RecencyLinks, RecencyList } from '../../../src/store/memory/bounds/recency-list.ts';

interface Letter extends RecencyLinks<Letter> {
  letter: string;
}

function createList(letters: string): { list: RecencyList<Letter>; items: Letter[] } {
  const list = new RecencyList<Letter>();
  const items = Array.from(letters, (letter): Letter => ({ letter, older: undefined, newer: undefined }));
  for (const item of items) list.add(item);
  return { list, items };
}

/** Empties the list. */
function drain(list: RecencyList<Letter>): string {
  let letters = '';
  for (let oldest = list.oldest; oldest !== undefined; oldest = list.oldest) {
    list.remove(oldest);
    letters += oldest.letter;
  }
  assert.equal(list.size, 0);
  return letters;
}

describe('RecencyList', () => {
  it('lists items in the order they were added', () => {
    const { list } = createList('abc');
    assert.equal(list.size, 3);
    assert.equal(drain(list), 'abc');
  });

  for (const [index, left, moved] of [
    [0, 'bc', 'bca'],
    [1, 'ac', 'acb'],
    [2, 'ab', 'abc'],
  ] as const) {
    it(`removes item ${index} of three, and makes it the most recent`, () => {
      const removed = createList('abc');
      const used = createList('abc');
      const [toRemove, toUse] = [removed.items[index], used.items[index]];
      assert.ok(toRemove && toUse);
      removed.list.remove(toRemove);
      used.list.makeMostRecent(toUse);
      assert.equal(removed.list.size, 2);
      assert.equal(used.list.size, 3);
      assert.equal(drain(removed.list), left);
      assert.equal(drain(used.list), moved);
    });
  }

  it('accepts a removed item again, also as the only one', () => {
    const { list, items } = createList('a');
    const [item] = items;
    assert.ok(item);
    list.remove(item);
    assert.equal(list.oldest, undefined);
    list.add(item);
    list.makeMostRecent(item);
    assert.equal(list.size, 1);
    assert.equal(drain(list), 'a');
  });
});
