import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import type { ChatChunk, ChatChunkChoice, ChatDelta } from '../../../src/agent/chat-completions/chat-chunk.ts';
import { createChunkReader } from '../../../src/agent/chat-completions/from-chat-chunk.ts';

function read(chunks: ChatChunk[], isDone = true): AgentEvent[] {
  const reader = createChunkReader();
  return [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.end(isDone)];
}

const say = (delta: ChatDelta & Record<string, unknown>, choice: ChatChunkChoice = {}): ChatChunk => ({
  choices: [{ delta, ...choice }],
});
const finish = (finish_reason: string): ChatChunk => say({}, { finish_reason });
const noCounts = [-1, 1.5, '2', 1e300].map((count) => ({ prompt_tokens: 5, completion_tokens: count }));
const incomplete = { type: 'run-end', reason: 'incomplete' };
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
      MAX_TOKENS: 'length',
      'content-filter': 'content-filter',
      tool_use: 'tool-calls',
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

  test('treats [DONE] after some content as an incomplete answer', () => {
    assert.deepEqual(read([say({ content: 'a' })]).at(-1), incomplete);
  });

  test('ends with tool-calls at [DONE] after whole calls, and incomplete inside the arguments of one', () => {
    const call = (id: string, text: string) => ({
      index: id,
      id: `call_${id}`,
      function: { name: 'f', arguments: text },
    });
    const ends = (...texts: string[]) =>
      read([say({ content: 'Hm.' }), say({ tool_calls: texts.map((text, index) => call(`${index}`, text)) })]);
    assert.deepEqual(ends('{}', '{"a":1}').at(-1), { type: 'run-end', reason: 'tool-calls' });
    const cut = ends('{}', '{"a":');
    assert.deepEqual(cut.at(-1), incomplete);
    const ended = cut.flatMap((event) => (event.type === 'tool-call-end' ? [event.callId] : []));
    assert.deepEqual(ended, ['call_0'], 'the call that was cut has no end');
    assert.deepEqual(ends('').at(-1), incomplete, 'its arguments may follow');
  });

  test('gives no end to a call that the token limit cut', () => {
    const call = { index: 0, id: 'call_1', function: { name: 'f', arguments: '{"a":' } };
    const types = read([say({ tool_calls: [call] }), finish('length')]).map(({ type }) => type);
    assert.deepEqual(types, ['tool-call-start', 'tool-call-delta', 'run-end']);
  });

  test('reads a message or a text in place of deltas, once when it repeats them', () => {
    const text = (chunks: ChatChunk[]) =>
      read([...chunks, finish('stop')]).flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
    const message = (content: string, reason?: string): ChatChunk => ({
      choices: [{ message: { role: 'assistant', content }, finish_reason: reason }],
    });
    assert.deepEqual(text([message('a'), message('b')]), ['a', 'b']);
    assert.deepEqual(text([message('a'), message('b'), message('ab', 'stop')]), ['a', 'b']);
    assert.deepEqual(text([say({ content: 'a' }), say({ content: 'b' }), message('ab', 'stop')]), ['a', 'b']);
    assert.deepEqual(text([{ choices: [{ text: 'a' }] }, { choices: [{ text: 'b' }] }]), ['a', 'b']);
    assert.deepEqual(text([say({ content: { type: 'text', text: 'a' } })]), ['a']);
  });

  test('reads the only choice, whatever its index', () => {
    const second = (content: string): ChatChunk => ({ choices: [{ index: 1, delta: { content } }] });
    const end = { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] };
    assert.deepEqual(read([second('a'), second('b'), end]).at(-1), { type: 'run-end', reason: 'stop' });
  });

  test('counts the usage of a choice, of x_groq and of timings', () => {
    const usage = { prompt_tokens: 19, completion_tokens: 2, total_tokens: 21, cached_tokens: 10 };
    const expected = { inputTokens: 19, cachedInputTokens: 10, outputTokens: 2, reasoningTokens: 0 };
    const ends = [
      { choices: [{ delta: {}, finish_reason: 'stop', usage }] },
      { ...finish('stop'), x_groq: { id: 'x', usage } },
      { ...finish('stop'), timings: { prompt_n: 9, cache_n: 10, predicted_n: 2 } },
    ];
    for (const end of ends) assert.deepEqual(read([end])[0], { type: 'usage', usage: expected });
    const older = { ...finish('stop'), timings: { prompt_n: 9, predicted_n: 2 } };
    assert.deepEqual(read([older]), [{ type: 'run-end', reason: 'stop' }], 'the cached part is unknown');
    const both = { ...finish('stop'), usage, timings: { prompt_n: 1, cache_n: 1, predicted_n: 1 } };
    assert.deepEqual(read([both])[0], { type: 'usage', usage: expected }, 'its usage counts first');
  });

  test('reads thoughts in tags at the start as reasoning, and their log probabilities with no text', () => {
    const content = [{ token: '<', logprob: -1 }];
    const chunks = [say({ content: '<' }, { logprobs: { content } }), say({ content: 'think>hm</think>' })];
    const events = read([...chunks, say({ content: '\n\nyes' }), finish('stop')]);
    assert.deepEqual(events, [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'reasoning-end' },
      { type: 'text-start' },
      { type: 'text-delta', text: 'yes' },
      { type: 'text-end' },
      { type: 'run-end', reason: 'stop' },
    ]);
  });

  test('leaves tags in the text of an upstream that sends reasoning in a field of its own', () => {
    const events = read([say({ reasoning: 'hm' }), say({ content: '<think>is a tag</think>' }), finish('stop')]);
    assert.deepEqual(events[4], { type: 'text-delta', text: '<think>is a tag</think>' });
  });

  test('adds citations to the open text, and those that come before it at its start', () => {
    const nested = { start_index: 0, end_index: 1, url: 'https://example.org/a', title: 'A' };
    const annotations = [{ type: 'url_citation', url_citation: nested }];
    const citation = { type: 'annotation', annotation: { type: 'url_citation', ...nested } };
    const before = read([say({ annotations }), say({ content: 'a' }), finish('stop')]);
    assert.deepEqual(before.slice(0, 3), [{ type: 'text-start' }, citation, { type: 'text-delta', text: 'a' }]);
    const after = read([say({ content: 'a' }), say({ annotations }), say({ annotations }), finish('stop')]);
    assert.deepEqual(after.slice(1, 4), [{ type: 'text-delta', text: 'a' }, citation, { type: 'text-end' }]);
  });

  test('adds the pages of a whole text at its end, each once', () => {
    const citations = ['https://example.org/a', 'https://example.org/b'];
    const search_results = [{ url: 'https://example.org/a', title: 'A' }];
    const chunk = { ...say({ content: 'abc' }), citations, search_results };
    const cited = read([chunk, { ...finish('stop'), citations }]).flatMap((event) =>
      event.type === 'annotation' ? [event.annotation] : [],
    );
    const span = { type: 'url_citation', start_index: 0, end_index: 3 };
    assert.deepEqual(cited, [
      { ...span, url: 'https://example.org/a', title: 'A' },
      { ...span, url: 'https://example.org/b', title: 'https://example.org/b' },
    ]);
  });

  test('joins the pieces of provider data of a message, before the end of its reasoning', () => {
    const piece = (fields: object) => say({ reasoning: 'r', reasoning_details: [{ index: 0, ...fields }] });
    const text = { type: 'reasoning.text' };
    const chunks = [piece({ ...text, text: 'r' }), piece({ ...text, text: 'r', signature: 'sig' })];
    const events = read([...chunks, say({ content: 'a' }), finish('stop')]);
    const details = [{ index: 0, type: 'reasoning.text', text: 'rr', signature: 'sig' }];
    assert.deepEqual(events[3], { type: 'provider-data', fields: { reasoning_details: details } });
    assert.equal(events[4]?.type, 'reasoning-end');
  });

  test('reads the reasoning of details that come alone', () => {
    const details = [{ type: 'reasoning.summary', summary: 'hm' }];
    assert.deepEqual(read([say({ reasoning_details: details }), finish('stop')])[1], {
      type: 'reasoning-delta',
      text: 'hm',
    });
  });

  test('adds the provider data of a call before its end', () => {
    const google = { google: { thought_signature: 'sig' } };
    const call = { index: 0, id: 'c', extra_content: google, function: { name: 'f', arguments: '{}' } };
    const types = read([say({ tool_calls: [call] }), finish('stop')]).slice(2, 4);
    assert.deepEqual(types, [
      { type: 'provider-data', callId: 'c', fields: { extra_content: google } },
      { type: 'tool-call-end', callId: 'c' },
    ]);
  });

  test('bounds the provider data of an answer', () => {
    const opaque = { extra_content: 'x'.repeat(600 * 1024) };
    const call = (index: number) => ({ index, id: `${index}`, ...opaque, function: { name: 'f', arguments: '{}' } });
    assert.throws(() => read([say({ tool_calls: [call(0), call(1)] })]), { code: 'answer_too_large' });
    assert.throws(() => read([say({ ...opaque }), say({ ...opaque })]), { code: 'answer_too_large' });
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

  test('fails when the finish reason is a failure, or unknown', () => {
    const failing = (reason: string) => () => read([say({ content: 'a' }), finish(reason)]);
    const message = "The agent ended its answer with the finish reason 'abort'.";
    assert.throws(failing('abort'), { code: 'upstream_error', message });
    const unknown = "The agent ended its answer with the unknown finish reason 'because'.";
    assert.throws(failing('because'), { code: 'upstream_error', message: unknown });
  });

  test('reports a context that is too long, even within a stream', () => {
    const error = {
      message: 'The context overflows: the model is loaded with a context length of only 4096 tokens on secret-host.',
    };
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
