import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream, type UpstreamRequest } from '../helpers/upstream.ts';

const tools = [{ type: 'function' as const, name: 'get_weather', strict: false, parameters: { type: 'object' } }];

/** Starts a server in front of an upstream that answers with these deltas, one list for each request, the last again. */
async function startScripted(...answers: { deltas: object[]; finish: string }[]) {
  const answer = (_request: UpstreamRequest, response: ServerResponse): boolean => {
    const { deltas, finish } = answers.length > 1 ? (answers.shift() ?? last) : last;
    const chunks = [...deltas.map((delta) => ({ delta })), { delta: {}, finish_reason: finish }];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const choice of chunks) response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
    response.end('data: [DONE]\n\n');
    return true;
  };
  const last = answers.at(-1) ?? { deltas: [{ content: 'okay' }], finish: 'stop' };
  const upstream = await startUpstream({ answer });
  const server = await startTalaria({ AGENT_URL: upstream.url });
  return {
    openai: server.openai,
    /** The messages of each request. */
    sent: () => upstream.requests.map(({ body }) => body.messages),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

const okay = { deltas: [{ content: 'okay' }], finish: 'stop' };
const toCallAnswer = (text: string, finish: string) => ({
  deltas: [
    { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'get_weather', arguments: text } }] },
  ],
  finish,
});

const wireCall = (id: string, text: string) => ({
  id,
  type: 'function',
  function: { name: 'get_weather', arguments: text },
});
const wireAnswer = (...calls: object[]) => ({ role: 'assistant', content: null, tool_calls: calls });

suite('a history that upstreams would refuse', () => {
  test('goes on after a call that was cut and never got its output', async () => {
    await using server = await startScripted(toCallAnswer('{"city":"Pa', 'length'), okay);
    const { responses } = server.openai;
    const first = await responses.create({ model: 'm', input: 'weather?', tools });
    const second = await responses.create({ model: 'm', input: 'go on', previous_response_id: first.id, tools });
    const third = await responses.create({ model: 'm', input: 'again', previous_response_id: second.id, tools });
    assert.deepEqual([second.output_text, third.output_text], ['okay', 'okay']);
    const repaired = [
      { role: 'user', content: 'weather?' },
      wireAnswer(wireCall('a', '{"input":"{\\"city\\":\\"Pa"}')),
      { role: 'tool', tool_call_id: 'a', content: 'No output was recorded for this call.' },
      { role: 'user', content: 'go on' },
    ];
    assert.deepEqual(server.sent()[1], repaired);
    assert.deepEqual(server.sent()[2]?.slice(0, 4), repaired);
    const stored = await responses.retrieve(first.id);
    const [item] = stored.output;
    assert.equal(item?.type === 'function_call' && item.arguments, '{"city":"Pa', 'what is stored stays as it was');
    const items = await responses.inputItems.list(second.id);
    assert.ok(!JSON.stringify(items.data).includes('No output'));
  });

  test('keeps outputs behind their calls in a response', async () => {
    await using server = await startScripted(okay);
    await server.openai.responses.create({
      model: 'm',
      input: [
        { role: 'user', content: 'weather?' },
        { type: 'function_call', call_id: 'c1', name: 'get_weather', arguments: '{}' },
        { role: 'user', content: 'and hurry' },
        { type: 'function_call_output', call_id: 'c1', output: '18' },
      ],
    });
    assert.deepEqual(server.sent()[0], [
      { role: 'user', content: 'weather?' },
      wireAnswer(wireCall('c1', '{}')),
      { role: 'tool', tool_call_id: 'c1', content: '18' },
      { role: 'user', content: 'and hurry' },
    ]);
  });

  test('is put right in a chat completion too', async () => {
    await using server = await startScripted(okay);
    const call = (id: string, text: string) => ({ ...wireCall(id, text), type: 'function' as const });
    await server.openai.chat.completions.create({
      model: 'm',
      messages: [
        { role: 'user', content: 'weather?' },
        { role: 'assistant', content: null, tool_calls: [call('c1', '[]'), call('c2', '')] },
        { role: 'user', content: 'and hurry' },
        { role: 'tool', tool_call_id: 'c2', content: '19' },
        { role: 'assistant', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'so?' },
      ],
    });
    assert.deepEqual(server.sent()[0], [
      { role: 'user', content: 'weather?' },
      wireAnswer(wireCall('c1', '{"input":[]}'), wireCall('c2', '{}')),
      { role: 'tool', tool_call_id: 'c1', content: 'No output was recorded for this call.' },
      { role: 'tool', tool_call_id: 'c2', content: '19' },
      { role: 'user', content: 'and hurry' },
      { role: 'assistant', content: 'a\nb' },
      { role: 'user', content: 'so?' },
    ]);
  });

  for (const field of ['reasoning', 'reasoning_content']) {
    test(`sends thoughts back as ${field} to the upstream that sends them so`, async () => {
      await using server = await startScripted({ deltas: [{ [field]: 'think' }, { content: 'A' }], finish: 'stop' });
      const { responses } = server.openai;
      const { id } = await responses.create({ model: 'm', input: 'hi' });
      await responses.create({ model: 'm', input: 'next', previous_response_id: id });
      assert.deepEqual(server.sent()[1]?.[1], { role: 'assistant', content: 'A', [field]: 'think' });
    });
  }
});

suite('fields of model servers', () => {
  test('reach the upstream from both APIs', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const fields = {
      top_k: 20,
      min_p: 0.1,
      chat_template_kwargs: { enable_thinking: false },
      client_metadata: { a: 1 },
    };
    const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }], ...fields };
    await server.openai.chat.completions.create(chat);
    await server.openai.responses.create({ model: 'm', input: 'hi', ...fields });
    for (const { body } of upstream.requests) {
      const { top_k, min_p, chat_template_kwargs, client_metadata } = body;
      assert.deepEqual(
        { top_k, min_p, chat_template_kwargs, client_metadata },
        { ...fields, client_metadata: undefined },
      );
    }
  });

  test('reach it as the agent is set', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({
      AGENT_URL: upstream.url,
      AGENT_PASS_FIELDS: 'mine',
      AGENT_EXTRA_BODY: '{"top_p":0.5}',
      AGENT_MAX_TOKENS_FIELD: 'max_completion_tokens',
    });
    const own = { mine: 1, top_k: 20 };
    const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }], max_tokens: 9, ...own };
    await server.openai.chat.completions.create(chat);
    const { mine, top_k, top_p, max_completion_tokens } = upstream.requests[0]?.body ?? {};
    assert.deepEqual([mine, top_k, top_p, max_completion_tokens], [1, undefined, 0.5, 9]);
  });
});

suite('the maximum of tokens', () => {
  test('keeps the name that a chat client used', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }] };
    await server.openai.chat.completions.create({ ...chat, max_completion_tokens: 99 });
    await server.openai.chat.completions.create({ ...chat, max_tokens: 99, reasoning_effort: 'low' });
    await server.openai.responses.create({ model: 'm', input: 'hi', max_output_tokens: 99 });
    assert.deepEqual(
      upstream.requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens]),
      [
        [undefined, 99],
        [99, undefined],
        [99, undefined],
      ],
    );
  });
});
