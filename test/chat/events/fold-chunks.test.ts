import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatCompletionStream } from 'openai/lib/ChatCompletionStream';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { ChatChunk } from '../../../src/chat/chat-deps.ts';
import { foldChunks } from '../../../src/chat/events/fold-chunks.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { checkBody, findOperation } from '../../helpers/contract-check.ts';
import { toBatches } from '../../helpers/event-batches.ts';
import { randomBatches } from '../../helpers/random-agent-events.ts';
import { assemble, usageChunk } from '../assemble.ts';

const runs = 200;

describe('the fold of chat chunks', () => {
  it('is what the openai package makes of the same stream, for any run', async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const batches = [...assemble(randomBatches(seed, { broken: false })), [usageChunk]];
      const folded = await fold(batches);
      const theirs = await accumulate(batches.flat());
      const [ours, other] = [folded.choices[0], theirs.choices[0]];
      assert.ok(ours && other);
      const context = `with seed ${seed}`;
      assert.equal(ours.finish_reason, other.finish_reason, context);
      assert.equal(ours.message.content ?? '', other.message.content ?? '', context);
      assert.equal(ours.message.refusal ?? '', other.message.refusal ?? '', context);
      assert.deepEqual(ours.message.tool_calls ?? [], toPlainCalls(other.message.tool_calls ?? []), context);
      assert.deepEqual(ours.logprobs?.content ?? [], other.logprobs?.content ?? [], context);
      assert.deepEqual(folded.usage, theirs.usage, context);
      assert.deepEqual([folded.id, folded.created, folded.model], [theirs.id, theirs.created, theirs.model]);
    }
  });

  it('has null for content where there are only calls', async () => {
    const events: AgentEvent[] = [
      { type: 'tool-call-start', callId: 'call_1', name: 'look' },
      { type: 'tool-call-end', callId: 'call_1' },
      { type: 'run-end', reason: 'tool-calls' },
    ];
    const { message } = (await fold([...assemble([events]), [usageChunk]])).choices[0] ?? {};
    assert.equal(message?.content, null);
    assert.equal(message?.tool_calls?.length, 1);
    assert.ok(message && !('reasoning_content' in message));
  });

  it('has an empty content where nothing was said, and keeps reasoning apart', async () => {
    const events: AgentEvent[] = [
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-delta', text: '.' },
      { type: 'run-end', reason: 'length' },
    ];
    const [choice] = (await fold([...assemble([events]), [usageChunk]])).choices;
    assert.deepEqual(choice?.message, {
      role: 'assistant',
      content: '',
      refusal: null,
      annotations: [],
      reasoning_content: 'Hm.',
    });
  });

  it('is an error of ours, never a half answer, when the chunks end early', async () => {
    const chunks = assemble([[{ type: 'text-delta', text: 'Hel' }]]).slice(0, -1);
    await assert.rejects(foldChunks(toBatches(chunks)), (error) => {
      return error instanceof ApiError && error.code === 'internal_error';
    });
  });
});

/** The fold, checked against the contract. */
async function fold(batches: ChatChunk[][]) {
  const completion = await foldChunks(toBatches(batches));
  const operation = findOperation('POST', '/v1/chat/completions');
  assert.ok(operation);
  checkBody(operation, 200, JSON.stringify(completion));
  return completion;
}

function accumulate(chunks: ChatChunk[]) {
  const lines = chunks.map((chunk) => `${JSON.stringify(chunk)}\n`);
  const bytes = new ReadableStream({
    start(controller) {
      for (const line of lines) controller.enqueue(new TextEncoder().encode(line));
      controller.close();
    },
  });
  return ChatCompletionStream.fromReadableStream(bytes).finalChatCompletion();
}

/** The SDK adds what it parsed. */
function toPlainCalls(calls: { id: string; type: string; function?: { name: string; arguments: string } }[]) {
  return calls.map(({ id, type, function: called }) => ({
    id,
    type,
    function: { name: called?.name, arguments: called?.arguments },
  }));
}
