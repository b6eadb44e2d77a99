import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { ChatChunk, ChatChunkChoice, ChatDelta } from '../../../src/agent/chat-completions/chat-chunk.ts';
import { createChunkReader } from '../../../src/agent/chat-completions/from-chat-chunk.ts';

function read(chunks: ChatChunk[], isDone = true): AgentEvent[] {
  const reader = createChunkReader();
  return [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.end(isDone)];
}

const say = (delta: ChatDelta, choice: ChatChunkChoice = {}): ChatChunk => ({ choices: [{ delta, ...choice }] });
const finish = (finish_reason: string): ChatChunk => say({}, { finish_reason });
const noCounts = [-1, 1.5, '2', 1e300].map((count) => ({ prompt_tokens: 5, completion_tokens: count }));
const endedEarly = { code: 'upstream_error', status: 502, message: "The agent's stream ended early." };

suite('createChunkReader', () => {
  test('opens, continues and closes a text; a role alone produces no event', () => {
    const role = { role: 'assistant', content: '' };
    assert.deepEqual(
      read([say(role), say({ content: 'a' }), say({ content: '' }), say({ content: 'b' }), finish('stop')]),
      [
        { type: 'text-start' },
        { type: 'text-delta', text: 'a' },
        { type: 'text-delta', text: 'b' },
        { type: 'text-end' },
        { type: 'run-end', reason: 'stop' },
      ],
    );
  });

  test('reads reasoning under both of its names, and once when an upstream sends both', () => {
    const chunks = [
      say({ reasoning_content: 'a' }),
      say({ reasoning: 'b' }),
      say({ reasoning_content: 'c', reasoning: 'c' }),
    ];
    assert.deepEqual(read([...chunks, finish('stop')]), [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'a' },
      { type: 'reasoning-delta', text: 'b' },
      { type: 'reasoning-delta', text: 'c' },
      { type: 'reasoning-end' },
      { type: 'run-end', reason: 'stop' },
    ]);
  });

  test('reads content in parts, thinking among them, as Mistral sends it', () => {
    const text = (content: string) => ({ type: 'text', text: content });
    const thinking = { type: 'thinking', thinking: [text('r1'), text('r2')] };
    const chunks = [
      say({ content: [thinking] }),
      say({ content: [text('a'), null, { type: 'reference' }, text('b')] }),
    ];
    assert.deepEqual(read([...chunks, finish('stop')]), [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'r1' },
      { type: 'reasoning-delta', text: 'r2' },
      { type: 'reasoning-end' },
      { type: 'text-start' },
      { type: 'text-delta', text: 'a' },
      { type: 'text-delta', text: 'b' },
      { type: 'text-end' },
      { type: 'run-end', reason: 'stop' },
    ]);
  });

  test('reads only the requested choice', () => {
    const other = { index: 1, delta: { content: 'not asked for' }, finish_reason: 'length' };
    const chunks = [{ choices: [other, { index: 0, delta: { content: 'a' } }] }, { choices: [other] }];
    assert.deepEqual(read([...chunks, finish('stop')]), [
      { type: 'text-start' },
      { type: 'text-delta', text: 'a' },
      { type: 'text-end' },
      { type: 'run-end', reason: 'stop' },
    ]);
  });

  test('has one block open at a time: reasoning, then text, then a refusal, then a tool call', () => {
    const call = { index: 0, id: 'call_1', function: { name: 'f', arguments: '{}' } };
    const chunks = [say({ reasoning: 'r', content: 't' }), say({ refusal: 'n' }), say({ tool_calls: [call] })];
    assert.deepEqual(
      read([...chunks, finish('tool_calls')]).map((event) => event.type),
      [
        'reasoning-start',
        'reasoning-delta',
        'reasoning-end',
        'text-start',
        'text-delta',
        'text-end',
        'refusal-start',
        'refusal-delta',
        'refusal-end',
        'tool-call-start',
        'tool-call-delta',
        'tool-call-end',
        'run-end',
      ],
    );
  });

  test('ends with the usage and then the run, wherever the usage came', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 2 };
    const expected = [
      { type: 'text-start' },
      { type: 'text-delta', text: 'a' },
      { type: 'text-end' },
      { type: 'usage', usage: { inputTokens: 3, cachedInputTokens: 0, outputTokens: 2, reasoningTokens: 0 } },
      { type: 'run-end', reason: 'stop' },
    ];
    const text = say({ content: 'a' });
    assert.deepEqual(read([text, finish('stop'), { choices: [], usage }]), expected, 'in a chunk of its own');
    assert.deepEqual(read([text, { ...finish('stop'), usage }]), expected, 'in the last chunk');
    const growing = { ...text, usage: { prompt_tokens: 3, completion_tokens: 1 } };
    assert.deepEqual(read([growing, { ...finish('stop'), usage }]), expected, 'in every chunk: the last counts');
    assert.deepEqual(
      read([
        { ...text, usage },
        { ...finish('stop'), usage: null },
      ]),
      expected,
      'null after it',
    );
  });

  test('counts cached and reasoning tokens', () => {
    const usage = {
      prompt_tokens: 3,
      completion_tokens: 2,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: 2 },
    };
    assert.deepEqual(read([finish('stop'), { usage }])[0], {
      type: 'usage',
      usage: { inputTokens: 3, cachedInputTokens: 1, outputTokens: 2, reasoningTokens: 2 },
    });
  });

  test('emits no usage without counts of the upstream', () => {
    for (const usage of [null, {}, { prompt_tokens: null, completion_tokens: 2 }, ...noCounts]) {
      assert.deepEqual(read([finish('stop'), { usage }]), [{ type: 'run-end', reason: 'stop' }]);
    }
  });

  test('attaches the log probabilities to their text', () => {
    const top = { token: 'a', logprob: -0.5, bytes: [97] };
    const content = [
      { token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [top] },
      { token: 'b', logprob: -1 },
    ];
    assert.deepEqual(read([say({ content: 'ab' }, { logprobs: { content } }), finish('stop')])[1], {
      type: 'text-delta',
      text: 'ab',
      logprobs: [
        { token: 'a', logprob: -0.5, bytes: [97], topLogprobs: [top] },
        { token: 'b', logprob: -1, bytes: null, topLogprobs: [] },
      ],
    });
  });

  test('maps every finish reason', () => {
    const reasons = Object.entries({
      stop: 'stop',
      length: 'length',
      tool_calls: 'tool-calls',
      function_call: 'tool-calls',
      content_filter: 'content-filter',
      eos_token: 'stop',
    });
    for (const [wire, reason] of reasons) assert.deepEqual(read([finish(wire)]), [{ type: 'run-end', reason }]);
  });

  test('ends with tool-calls after a call, even if the upstream sends stop', () => {
    const call = { id: 'call_1', function: { name: 'f', arguments: '{}' } };
    assert.deepEqual(read([say({ tool_calls: [call] }, { finish_reason: 'stop' })]).at(-1), {
      type: 'run-end',
      reason: 'tool-calls',
    });
  });

  test('reads delta and finish reason of one chunk', () => {
    assert.deepEqual(read([say({ content: 'all' }, { finish_reason: 'length' })]).slice(1), [
      { type: 'text-delta', text: 'all' },
      { type: 'text-end' },
      { type: 'run-end', reason: 'length' },
    ]);
  });

  test('reads the older function_call as a tool call', () => {
    const chunks = [say({ function_call: { name: 'f', arguments: '' } }), say({ function_call: { arguments: '{}' } })];
    const [start, delta, end, last] = read([...chunks, finish('function_call')]);
    assert.ok(start?.type === 'tool-call-start' && delta?.type === 'tool-call-delta' && end?.type === 'tool-call-end');
    assert.deepEqual([start.name, delta.arguments], ['f', '{}']);
    assert.match(start.callId, /^call_/);
    assert.deepEqual(last, { type: 'run-end', reason: 'tool-calls' });
  });

  test('accepts a clean end after a reason, without [DONE]', () => {
    assert.deepEqual(read([finish('length')], false), [{ type: 'run-end', reason: 'length' }]);
  });

  test('treats [DONE] after some content as stop', () => {
    assert.deepEqual(read([say({ content: 'a' })]).at(-1), { type: 'run-end', reason: 'stop' });
  });

  test('fails at an end without reason and [DONE], or without reason and content', () => {
    assert.throws(() => read([say({ content: 'a' })], false), endedEarly);
    assert.throws(() => read([say({ content: '' })], true), endedEarly);
    assert.throws(() => read([], false), endedEarly);
  });

  test('fails on an error event with its reason, without exposing hosts', () => {
    const error = { message: 'secret-host:8000 ran out of memory' };
    assert.throws(
      () => read([say({ content: 'a' }), { error }]),
      (thrown: Error & { code: string; cause: Error }) => {
        assert.equal(thrown.code, 'upstream_error');
        assert.equal(thrown.message, 'The agent reported an error: [host] ran out of memory');
        assert.match(thrown.cause.message, /secret-host/);
        return true;
      },
    );
  });

  test('fails when the finish reason is error', () => {
    const message = 'The agent reported an error while it answered.';
    assert.throws(() => read([say({ content: 'a' }), finish('error')]), { code: 'upstream_error', message });
  });

  test('reports a context that is too long, even within a stream', () => {
    const error = { message: 'The model is loaded with context length of only 4096 tokens on secret-host.' };
    const message = "The conversation is longer than the agent's context window.";
    assert.throws(() => read([{ error }]), { code: 'context_length_exceeded', status: 400, message });
  });

  test('skips empty chunks', () => {
    const empty: ChatChunk[] = [
      {},
      { choices: null },
      { choices: [] },
      { choices: [{}] },
      { choices: [{ delta: null }] },
    ];
    assert.deepEqual(read([...empty, say({ content: null, tool_calls: null }), { ...finish('stop'), error: null }]), [
      { type: 'run-end', reason: 'stop' },
    ]);
  });
});
