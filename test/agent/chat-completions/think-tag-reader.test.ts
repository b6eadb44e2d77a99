import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type TextPiece, ThinkTagReader } from '../../../src/agent/chat-completions/think-tag-reader.ts';

/** Returns the reasoning and the text of an answer in these pieces. */
function read(pieces: readonly string[], isWhole = true): { reasoning: string; text: string } {
  const reader = new ThinkTagReader();
  const all = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end(isWhole)];
  const join = (block: TextPiece['block']) =>
    all.flatMap((piece) => (piece.block === block ? [piece.text] : [])).join('');
  return { reasoning: join('reasoning'), text: join('text') };
}

suite('ThinkTagReader', () => {
  const answers: [string, string, string][] = [
    ['<think>hm</think>\n\nyes', 'hm', 'yes'],
    ['\n<think>\nhm\n</think>\n\nyes', 'hm\n', 'yes'],
    ['<thinking>a < b</thinking>yes', 'a < b', 'yes'],
    ['<THINK>hm</think>yes', 'hm', 'yes'],
    ['<think>\n\n</think>\n\nyes', '', 'yes'],
    ['<think>hm</think>a <think>tag</think>', 'hm', 'a <think>tag</think>'],
    ['The tag <think>hm</think>', '', 'The tag <think>hm</think>'],
    ['`<think>` is a tag', '', '`<think>` is a tag'],
    ['<thin air>', '', '<thin air>'],
    ['  yes', '', '  yes'],
    ['<', '', '<'],
  ];
  for (const [answer, reasoning, text] of answers) {
    test(`separates ${JSON.stringify(answer)}, wherever it is split`, () => {
      assert.deepEqual(read([answer]), { reasoning, text });
      assert.deepEqual(read([...answer]), { reasoning, text });
      for (let at = 1; at < answer.length; at++) {
        assert.deepEqual(read([answer.slice(0, at), answer.slice(at)]), { reasoning, text }, `${at}`);
      }
    });
  }

  test('treats thoughts without an end as the text of a whole answer, too', () => {
    assert.deepEqual(read(['<think>is', ' a tag']), { reasoning: 'is a tag', text: '<think>is a tag' });
    assert.deepEqual(read(['<think>is', ' a t'], false), { reasoning: 'is a t', text: '' });
  });
});
