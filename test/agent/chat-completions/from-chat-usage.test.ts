import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromChatUsage } from '../../../src/agent/chat-completions/from-chat-usage.ts';

/** Returns input, cached, output and reasoning tokens. */
function counts(usage: object): number[] | undefined {
  const read = fromChatUsage({ usage }, undefined);
  return read && [read.inputTokens, read.cachedInputTokens, read.outputTokens, read.reasoningTokens];
}

suite('usage of chat upstreams', () => {
  test('reads the names of each upstream', () => {
    const openai = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };
    assert.deepEqual(counts(openai), [9, 0, 5, 0]);
    assert.deepEqual(counts({ ...openai, prompt_tokens_details: { cached_tokens: 4 } }), [9, 4, 5, 0]);
    assert.deepEqual(counts({ ...openai, cached_tokens: 4 }), [9, 4, 5, 0], 'Kimi');
    assert.deepEqual(counts({ ...openai, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 5 }), [9, 4, 5, 0]);
    assert.deepEqual(counts({ ...openai, completion_tokens_details: { reasoning_tokens: 2 } }), [9, 0, 5, 2]);
    assert.deepEqual(counts({ ...openai, reasoning_tokens: 2 }), [9, 0, 5, 2], 'Perplexity');
    assert.deepEqual(counts({ input_tokens: 9, output_tokens: 5 }), [9, 0, 5, 0]);
    assert.deepEqual(counts({ prompt_tokens: 9, total_tokens: 14 }), [9, 0, 5, 0], 'the difference');
  });

  test('adds reasoning that is counted beside the output, as xAI does', () => {
    const details = { completion_tokens_details: { reasoning_tokens: 7 } };
    assert.deepEqual(counts({ prompt_tokens: 9, completion_tokens: 5, total_tokens: 21, ...details }), [9, 0, 12, 7]);
  });

  test('gives no counts where there are none: the estimate is used', () => {
    const none = [{}, { prompt_tokens: null, completion_tokens: null }, { prompt_tokens: 0, completion_tokens: 0 }];
    for (const usage of [...none, { prompt_tokens: 9 }, { prompt_tokens: 9, total_tokens: 8 }]) {
      assert.equal(counts(usage), undefined, JSON.stringify(usage));
    }
  });
});
