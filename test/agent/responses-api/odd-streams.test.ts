import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ResponsesReply, startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';

/** The next reply of the agent. */
let next: ResponsesReply;
let server: TestServer;
const stack = new AsyncDisposableStack();

async function ask(reply: ResponsesReply, request: object = {}) {
  next = reply;
  const stream = await server.openai.responses.create({ model: 'm', input: 'ask', stream: true, ...request });
  let last: { status?: string; output: { type: string }[]; error: unknown; incomplete_details: unknown } | undefined;
  for await (const event of stream) if ('response' in event) last = event.response as never;
  assert.ok(last);
  return { ...last, output: JSON.parse(JSON.stringify(last.output)) };
}

const weather = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object', properties: {} },
  strict: false,
};

suite('odd answers of an agent that speaks the Responses API', () => {
  before(async () => {
    const agent = stack.use(await startResponsesUpstream(() => next));
    server = stack.use(await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' }));
  });
  after(() => stack.disposeAsync());

  test('whole items without deltas', async () => {
    const message = { ...toMessage('Hello there.'), events: [] };
    const { output, status } = await ask({ events: toEvents([message]) });
    assert.equal(status, 'completed');
    assert.equal(output[0].content[0].text, 'Hello there.');
  });

  test('deltas without items', async () => {
    const events = toEvents([toMessage('Hello there.')]).filter(({ type }) => !String(type).includes('output_item'));
    const { output } = await ask({ events });
    assert.equal(output.length, 1);
    assert.equal(output[0].content[0].text, 'Hello there.');
  });

  test('the output in the last event alone', async () => {
    const { output } = await ask({ events: toEvents([toMessage('Hello there.')]).slice(-1) });
    assert.equal(output[0].content[0].text, 'Hello there.');
  });

  test('a JSON document although a stream was requested', async () => {
    const [message] = [toMessage('Hello there.').item];
    const { output, status } = await ask({ json: { id: 'r', status: 'completed', output: [message] } });
    assert.equal(status, 'completed');
    assert.equal(output[0].content[0].text, 'Hello there.');
  });

  test('a text that goes on after calls of the agent', async () => {
    const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'terminal', arguments: '{}' };
    const result = { type: 'function_call_output', id: 'fco', call_id: 'c1', output: 'ok' };
    const message = { type: 'message', id: 'm', role: 'assistant', content: [] };
    const delta = (text: string) => ({
      type: 'response.output_text.delta',
      output_index: 0,
      content_index: 0,
      delta: text,
    });
    const { output } = await ask({
      events: [
        { type: 'response.output_item.added', output_index: 0, item: message },
        delta('Looking.'),
        { type: 'response.output_item.added', output_index: 1, item: call },
        { type: 'response.output_item.done', output_index: 1, item: call },
        { type: 'response.output_item.added', output_index: 2, item: result },
        { type: 'response.output_item.done', output_index: 2, item: result },
        delta(' Done.'),
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Looking. Done.' },
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: { ...message, content: [{ type: 'output_text', text: 'Looking. Done.' }] },
        },
        {
          type: 'response.completed',
          response: {
            status: 'completed',
            output: [
              { type: 'function_call', call_id: 'c1', name: 'terminal', arguments: '{"cut":"…"}' },
              { type: 'function_call_output', call_id: 'c1', output: 'o' },
              { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Looking. Done.' }] },
            ],
          },
        },
      ],
    });
    assert.deepEqual(
      output.map(({ type }: { type: string }) => type),
      ['message', 'function_call', 'function_call_output', 'message'],
    );
    assert.equal(output[0].content[0].text, 'Looking.');
    assert.equal(output[3].content[0].text, ' Done.');
  });

  test('a stream that ends without its last event fails, and keeps what came', async () => {
    for (const done of [false, true]) {
      const { output, status } = await ask({ events: toEvents([toMessage('Half of')]).slice(0, -1), done });
      assert.equal(status, 'failed');
      assert.equal(output[0].content[0].text, 'Half of');
    }
  });

  test('incomplete responses keep the reason of the agent', async () => {
    const reasons = {
      max_output_tokens: 'max_output_tokens',
      content_filter: 'content_filter',
      max_turns: 'max_turns',
    };
    for (const [reason, expected] of Object.entries(reasons)) {
      const response = { status: 'incomplete', incomplete_details: { reason } };
      const ended = await ask({ events: toEvents([toMessage('Half of')], { response }) });
      assert.equal(ended.status, 'incomplete');
      assert.deepEqual(ended.incomplete_details, { reason: expected });
    }
    const ended = await ask({ events: toEvents([toMessage('Half')], { response: { status: 'incomplete' } }) });
    assert.deepEqual(ended.incomplete_details, { reason: 'interrupted' });
  });

  test('errors of the stream and of the response fail it', async () => {
    const error = { code: 'server_error', message: 'The model fell over.' };
    const failures = [
      { type: 'response.failed', response: { status: 'failed', error } },
      { type: 'error', ...error },
      { type: 'error', error },
    ];
    for (const failure of failures) {
      const { output, status } = await ask({ events: [...toEvents([toMessage('Half')]).slice(0, -1), failure] });
      assert.equal(status, 'failed');
      assert.equal(output[0].content[0].text, 'Half');
    }
    const tooLong = {
      code: 'context_length_exceeded',
      message: 'Your input exceeds the context window of this model.',
    };
    const failed = await ask({ events: [{ type: 'response.failed', response: { status: 'failed', error: tooLong } }] });
    assert.equal((failed.error as { code: string }).code, 'context_length_exceeded');
  });

  test('a call of a tool that nobody runs is not a whole answer', async () => {
    const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'unknown_tool', arguments: '{}' };
    const ended = await ask({ events: toEvents([{ item: call }]) }, { tools: [weather] });
    assert.equal(ended.status, 'incomplete');
    assert.deepEqual(ended.incomplete_details, { reason: 'unanswered_tool_call' });
  });

  test('calls of the client, streamed or with their arguments at the start', async () => {
    const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'get_weather', arguments: '{"city":"Paris"}' };
    const streamed = {
      item: call,
      added: { ...call, arguments: '' },
      events: [
        { type: 'response.function_call_arguments.delta', delta: '{"city":' },
        { type: 'response.function_call_arguments.delta', delta: '"Paris"}' },
        { type: 'response.function_call_arguments.done', arguments: call.arguments },
      ],
    };
    for (const sent of [streamed, { item: call }, { item: call, added: { ...call, arguments: '' } }]) {
      const { output, status } = await ask({ events: toEvents([sent]) }, { tools: [weather] });
      assert.equal(status, 'completed');
      assert.deepEqual({ ...output[0], id: '' }, { ...call, id: '', status: 'completed' });
    }
  });

  test('calls of the client without arguments, and with one id for two', async () => {
    const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'get_weather', arguments: '' };
    const empty = await ask({ events: toEvents([{ item: call }]) }, { tools: [weather] });
    assert.equal(empty.output[0].arguments, '{}');
    const two = [{ item: call }, { item: { ...call, id: 'fc2', arguments: '{"n":2}' } }];
    const { output } = await ask({ events: toEvents(two) }, { tools: [weather] });
    assert.equal(output[0].call_id, 'c1');
    assert.notEqual(output[1].call_id, 'c1');
  });

  test('a call without a name fails the answer', async () => {
    const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: '', arguments: '{}' };
    const { status, error } = await ask({ events: toEvents([{ item: call }]) }, { tools: [weather] });
    assert.equal(status, 'failed');
    assert.equal((error as { message: string }).message, 'The agent called a tool without naming it.');
  });

  for (const frame of [{ error: { message: 'boom' } }, { detail: 'boom' }, { object: 'error', message: 'boom' }]) {
    test(`an error outside of an event: ${JSON.stringify(frame)}`, async () => {
      const { status, error } = await ask({
        events: [...toEvents([toMessage('half')]).slice(0, -1), frame],
        plain: true,
      });
      assert.equal(status, 'failed');
      assert.equal((error as { message: string }).message, 'The agent reported an error: boom');
    });
  }

  test('calls of freeform tools keep their input', async () => {
    const input = 'a "quoted"\nline \\ and 🙂';
    const call = { type: 'custom_tool_call', id: 'ctc', call_id: 'c1', name: 'patch', input };
    const streamed = {
      item: call,
      added: { ...call, input: '' },
      events: [...input].map((delta) => ({ type: 'response.custom_tool_call_input.delta', delta })),
    };
    const { output } = await ask({ events: toEvents([streamed]) }, { tools: [{ type: 'custom', name: 'patch' }] });
    assert.deepEqual({ ...output[0], id: '' }, { ...call, id: '', status: 'completed' });
  });
});
