import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { ChatChunk } from '../../../src/chat/chat-deps.ts';
import { CompletionFold } from '../../../src/chat/events/completion-fold.ts';
import { assemble, head, patchTool, usageChunk } from '../assemble.ts';

function fold(chunks: readonly ChatChunk[]) {
  const result = new CompletionFold();
  result.add(chunks);
  return result.toCompletion();
}

const assembleFlat = (...run: Parameters<typeof assemble>) => assemble(...run).flat();
const say = (text: string): AgentEvent => ({ type: 'text-delta', text });
const end: AgentEvent = { type: 'run-end', reason: 'stop' };

describe('the fold of chunks', () => {
  it('puts choices together that came in turns, in the order of their index', () => {
    const [first, second] = [0, 1].map((index) => assembleFlat([[say('one '), say(`of ${index}`), end]], { index }));
    assert.ok(first && second);
    const mixed = second.flatMap((chunk, i) => [chunk, ...first.slice(i, i + 1)]);
    const completion = fold([...mixed, usageChunk]);
    assert.deepEqual(
      completion.choices.map(({ index, message }) => [index, message.content]),
      [
        [0, 'one of 0'],
        [1, 'one of 1'],
      ],
    );
  });

  it('has calls of both kinds whole', () => {
    const call = (callId: string, name: string, text: string): AgentEvent[] => [
      { type: 'tool-call-start', callId, name },
      { type: 'tool-call-delta', callId, arguments: text.slice(0, 12) },
      { type: 'tool-call-delta', callId, arguments: text.slice(12) },
      { type: 'tool-call-end', callId },
    ];
    const batch = [
      ...call('call_1', 'apply_patch', '{"input":"one\\ntwo"}'),
      ...call('call_2', 'look', '{"at":[1,2,3]}'),
    ];
    const chunks = assembleFlat([batch, [end]], { tools: [patchTool] });
    const message = fold([...chunks, usageChunk]).choices[0]?.message;
    assert.equal(message?.content, null);
    assert.deepEqual(message?.tool_calls, [
      { id: 'call_1', type: 'custom', custom: { name: 'apply_patch', input: 'one\ntwo' } },
      { id: 'call_2', type: 'function', function: { name: 'look', arguments: '{"at":[1,2,3]}' } },
    ]);
  });

  it('joins log probabilities', () => {
    const logprob = (token: string) => ({ token, logprob: -1, bytes: null, topLogprobs: [] });
    const batch: AgentEvent[] = ['a', 'b'].map((text) => ({ type: 'text-delta', text, logprobs: [logprob(text)] }));
    const completion = fold([...assembleFlat([batch, [end]]), usageChunk]);
    assert.deepEqual(
      completion.choices[0]?.logprobs?.content?.map(({ token }) => token),
      ['a', 'b'],
    );
  });

  it('keeps what all chunks say alike', () => {
    const chunks = assembleFlat([[say('Hi'), end]]).map((chunk) => ({ ...chunk, service_tier: 'default' }));
    const { id, created, model, object, service_tier, usage } = fold([
      ...chunks,
      { ...usageChunk, service_tier: 'default' },
    ]);
    assert.deepEqual(
      { id, created, model, object, service_tier },
      { id: head.id, created: head.created, model: 'test', object: 'chat.completion', service_tier: 'default' },
    );
    assert.deepEqual(usage, usageChunk.usage);
  });

  it('is no completion without the token counts', () => {
    assert.throws(() => fold(assembleFlat([[say('Hi'), end]])), { code: 'internal_error' });
  });
});
