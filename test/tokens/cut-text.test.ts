import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cutText } from '../../src/tokens/cut-text.ts';

describe('cuts', () => {
  test('leaves ordinary text in one part', () => {
    const text = 'A sentence of ordinary words. '.repeat(500);
    assert.deepEqual([...cutText(text)], [text]);
    assert.deepEqual([...cutText('')], []);
  });

  test('cuts long text before a space', () => {
    const text = 'word '.repeat(10_000);
    const parts = [...cutText(text)];
    assert.equal(parts.join(''), text);
    assert.ok(parts.length > 2);
    assert.ok(parts.slice(1).every((part) => part.startsWith(' word')));
  });

  for (const run of ['x'.repeat(5000), ' '.repeat(5000), '🙂'.repeat(5000), `${'x'.repeat(300)} `.repeat(9)]) {
    test(`cuts a run of ${JSON.stringify(run.slice(0, 2))} into parts of at most 256 characters`, () => {
      const parts = [...cutText(run)];
      assert.equal(parts.join(''), run);
      assert.ok(parts.every((part) => part.length <= 256 && part.isWellFormed()));
    });
  }
});
