import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ChatStreamReader } from '../../../../src/agent/chat-completions/read-chat-stream.ts';
import { isErrorFrame } from '../../../../src/agent/upstream/errors/error-frame.ts';
import { LearnedFields } from '../../../../src/agent/upstream/learned-fields.ts';

const chunk = { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] };

suite('error frames of chat upstreams', () => {
  const errors: [string, unknown][] = [
    ['OpenAI', { error: { message: 'boom', type: 'server_error' } }],
    ['a text', { error: 'boom' }],
    ['older vLLM', { object: 'error', message: 'boom', code: 500 }],
    ['FastAPI, a text', { detail: 'boom' }],
    ['FastAPI, a list', { detail: [{ loc: ['body'], msg: 'boom', type: 'value_error' }] }],
    ['DashScope', { code: 'InternalError', message: 'boom', request_id: 'x' }],
    ['Baidu', { error_code: 336000, error_msg: 'boom' }],
    ['a list of errors', { errors: [{ message: 'boom' }] }],
    ['Gemini', [{ error: { code: 500, message: 'boom' } }]],
    ['Anthropic', { type: 'error', error: { type: 'overloaded_error', message: 'boom' } }],
    ['OpenRouter', { ...chunk, error: { code: 502, message: 'boom' } }],
    ['OpenRouter, one choice', { choices: [{ ...chunk.choices[0], error: { message: 'boom' } }] }],
    ['MiniMax', { choices: null, base_resp: { status_code: 1039, status_msg: 'boom' } }],
    ['Groq', { choices: [], x_groq: { error: 'over_capacity' } }],
  ];
  for (const [name, frame] of errors) {
    test(`is recognised: ${name}`, () => {
      assert.equal(isErrorFrame(frame), true);
      const read = () =>
        new ChatStreamReader({ agent: 'default', learned: new LearnedFields() }).read(JSON.stringify(frame), undefined);
      assert.throws(read, { name: 'ApiError' });
    });
  }

  const others = [chunk, { ...chunk, error: null }, { ...chunk, error: {} }, { ...chunk, message: 'note' }];
  for (const frame of [
    ...others,
    {},
    [],
    null,
    'text',
    { type: 'ping' },
    { message: { role: 'assistant', content: 'a' }, done: true },
    { ...chunk, base_resp: { status_code: 0, status_msg: '' } },
    { usage: { total_tokens: 1 }, detail: 'x' },
  ]) {
    test(`is no error: ${JSON.stringify(frame)}`, () => assert.equal(isErrorFrame(frame), false));
  }

  test('is recognised by the name of its event, in JSON or as text', () => {
    for (const data of ['{"message":"boom"}', 'boom', '{}']) {
      assert.throws(
        () => new ChatStreamReader({ agent: 'default', learned: new LearnedFields() }).read(data, 'error'),
        { name: 'ApiError' },
      );
    }
    assert.deepEqual(
      new ChatStreamReader({ agent: 'default', learned: new LearnedFields() }).read(
        '{"message":"note"}',
        'tool.progress',
      ),
      [],
      'a note of the agent',
    );
  });

  test('is recognised as plain text', () => {
    assert.throws(
      () =>
        new ChatStreamReader({ agent: 'default', learned: new LearnedFields() }).read(
          'Error: out of memory',
          undefined,
        ),
      { code: 'upstream_error' },
    );
  });

  test('is not looked for in the variants of [DONE]', () => {
    for (const done of ['[DONE]', ' [DONE] ', '"[DONE]"', '[done]']) {
      const reader = new ChatStreamReader({ agent: 'default', learned: new LearnedFields() });
      const usage = { prompt_tokens: 1, completion_tokens: 1 };
      reader.read(JSON.stringify({ choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }], usage }), undefined);
      assert.deepEqual(reader.read(done, undefined).at(-1), { type: 'run-end', reason: 'stop' });
      assert.equal(reader.stage, 'done');
    }
  });
});
