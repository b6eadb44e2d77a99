import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLogprob } from '../../../src/agent/offline/make-logprob.ts';

describe('synthetic log probabilities', () => {
  test('list as many distinct tokens as a client may request, the likeliest first', () => {
    const { topLogprobs } = makeLogprob('Hello', 20);
    assert.equal(new Set(topLogprobs.map(({ token }) => token)).size, 20);
    const logprobs = topLogprobs.map(({ logprob }) => logprob);
    assert.deepEqual(
      logprobs,
      logprobs.toSorted((one, other) => other - one),
    );
  });

  test('list a token once even if it is also an alternative', () => {
    const { topLogprobs } = makeLogprob(' of', 20);
    assert.equal(topLogprobs.length, 20);
    assert.equal(topLogprobs.filter(({ token }) => token === ' of').length, 1);
    assert.equal(topLogprobs[0]?.token, ' of');
  });

  test('add up to less than one', () => {
    const total = makeLogprob('x', 20).topLogprobs.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
    assert.ok(total > 0.99 && total < 1);
  });

  test('contain the UTF-8 bytes of the token', () => {
    assert.deepEqual(makeLogprob('é', 0), {
      token: 'é',
      logprob: Math.log(0.5),
      bytes: [0xc3, 0xa9],
      topLogprobs: [],
    });
  });
});
