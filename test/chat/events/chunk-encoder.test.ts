import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChunkEncoder } from '../../../src/chat/events/chunk-encoder.ts';
import { randomBatches } from '../../helpers/random-agent-events.ts';
import { assemble, usageChunk } from '../assemble.ts';

test('chunks are written as JSON.stringify writes them', () => {
  let texts = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const encoder = new ChunkEncoder();
    for (const chunk of [...assemble(randomBatches(seed, { broken: false })).flat(), usageChunk]) {
      if (chunk.choices[0]?.delta.content) texts += 1;
      assert.equal(encoder.encode(chunk), JSON.stringify(chunk));
    }
  }
  assert.ok(texts > 200, `${texts} chunks of text`);
});

test('choices of one completion keep their index', () => {
  const encoder = new ChunkEncoder();
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk' as const, created: 1, model: 'm', usage: null };
  for (const index of [0, 1, 0]) {
    for (const content of ['a "b" \n', '🦉']) {
      const chunk = { ...head, choices: [{ index, delta: { content }, logprobs: null, finish_reason: null }] };
      assert.equal(encoder.encode(chunk), JSON.stringify(chunk));
    }
  }
});
