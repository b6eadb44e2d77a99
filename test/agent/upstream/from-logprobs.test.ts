import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromLogprobs } from '../../../src/agent/upstream/from-logprobs.ts';

const entry = { token: 'a', logprob: -1, bytes: [97], top_logprobs: [{ token: 'b', logprob: -2, bytes: null }] };
const read = { token: 'a', logprob: -1, bytes: [97], topLogprobs: [{ token: 'b', logprob: -2, bytes: null }] };

suite('fromLogprobs', () => {
  test('reads tokens with their alternatives', () => {
    assert.deepEqual(fromLogprobs([entry], 'a'), [read]);
  });

  test('drops entries without a token or a finite number', () => {
    const odd = [null, 7, 'a', [], {}, { token: 'a' }, { logprob: 1 }, { ...entry, logprob: Number.NEGATIVE_INFINITY }];
    assert.deepEqual(fromLogprobs([...odd, entry], 'a'), [read]);
    assert.deepEqual(fromLogprobs([{ ...entry, top_logprobs: odd }], 'a'), [{ ...read, topLogprobs: [] }]);
  });

  test('reads invalid bytes as null', () => {
    for (const bytes of ['a', [256], [-1], [0.5], {}, undefined]) {
      assert.equal(fromLogprobs([{ ...entry, bytes }], 'a')[0]?.bytes, null);
    }
  });

  test('reads no more entries than a text has tokens', () => {
    assert.equal(fromLogprobs(new Array(10_000).fill(entry), 'a').length, 20);
    assert.equal(
      fromLogprobs([{ ...entry, top_logprobs: new Array(100).fill(entry) }], 'a')[0]?.topLogprobs.length,
      20,
    );
  });
});
