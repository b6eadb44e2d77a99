import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countTokens } from '../../src/tokens/count-tokens.ts';
import { splitTokens } from '../../src/tokens/split-tokens.ts';

const texts = [
  'The quick brown fox.',
  '{"city":"Paris","days":[1,2]}',
  'Ünïcödé 漢字 🙂🜁 👩‍👩‍👧 नमस्ते',
  '<|im_start|>user<|im_end|>',
  '\ufeffmarked',
  '  \n\n\t indented\r\n',
  'x'.repeat(1000),
];

describe('pieces', () => {
  for (const text of texts) {
    test(`joined are the text ${JSON.stringify(text.slice(0, 30))}, and have its tokens`, async () => {
      const pieces = [...(await splitTokens(text))];
      assert.equal(pieces.map((piece) => piece.text).join(''), text);
      const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
      assert.equal(tokens, await countTokens(text));
      assert.ok(pieces.every((piece) => piece.text !== '' && piece.tokens > 0));
    });
  }

  test('are one token each in ordinary text', async () => {
    assert.deepEqual(
      [...(await splitTokens('one two'))],
      [
        { text: 'one', tokens: 1 },
        { text: ' two', tokens: 1 },
      ],
    );
  });

  test('keep a character together that takes several tokens', async () => {
    assert.deepEqual([...(await splitTokens('🜁'))], [{ text: '🜁', tokens: 3 }]);
  });

  test('are never half of a surrogate pair, wherever a long run is cut', async () => {
    for (const shift of ['', 'x']) {
      for (const { text } of await splitTokens(shift + '🙂'.repeat(20_000))) assert.ok(text.isWellFormed());
    }
  });

  test('are none for an empty text', async () => {
    assert.deepEqual([...(await splitTokens(''))], []);
  });

  test('are made as they are read', async () => {
    const text = 'a'.repeat(30_000_000);
    const before = performance.now();
    const [first] = await splitTokens(text);
    assert.equal(first?.text, 'aaaaaaaa');
    assert.ok(performance.now() - before < 10_000);
  });
});
