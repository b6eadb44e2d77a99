import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { delta, done, type FrameUpstream, startFrameUpstream } from '../helpers/frame-upstream.ts';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tools = [{ type: 'function', name: 'get_weather', parameters }];
const chatTools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
const signature = { google: { thought_signature: 'c2ln' } };
const details = [{ type: 'reasoning.encrypted', data: 'b3BhcXVl', index: 0 }];
const callDelta = {
  reasoning_details: details,
  tool_calls: [
    {
      ...{ index: 0, id: 'call-1', type: 'function', extra_content: signature },
      function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
    },
  ],
};
const first = [delta(callDelta), delta({}, 'tool_calls'), done];
const second = [delta({ content: 'Sunny.' }), delta({}, 'stop'), done];

let upstream: FrameUpstream;
let server: TestServer;

before(async () => {
  upstream = await startFrameUpstream();
  server = await startTalaria({ AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: the fields are those under test
async function send(path: string, body: object): Promise<any> {
  const reply = await post(`${server.url}${path}`, body);
  assert.equal(reply.status, 200);
  const text = await reply.text();
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream')) return JSON.parse(text);
  return text.split('\n').flatMap((line) => (/^data: \{/.test(line) ? [JSON.parse(line.slice('data: '.length))] : []));
}

suite('provider data of a call and its message', () => {
  test('is part of the items of a response, plain, streamed, stored and replayed', async () => {
    upstream.play(first);
    const data = {
      agent: 'default',
      fields: { extra_content: signature },
      message_fields: { reasoning_details: details },
    };
    const plain = await send('/v1/responses', { model: 'm', input: 'hi', tools });
    assert.deepEqual(plain.output[0].provider_data, data);
    const events = await send('/v1/responses', { model: 'm', input: 'hi', tools, stream: true });
    const { response } = events.at(-1);
    assert.deepEqual(response.output[0].provider_data, data);
    const stored = await server.openai.responses.retrieve(response.id);
    assert.deepEqual(stored.output, response.output);
    const replayed = await fetch(`${server.url}/v1/responses/${plain.id}?stream=true`);
    const item = /event: response.output_item.done\ndata: (.*)/.exec(await replayed.text())?.[1] ?? '';
    assert.deepEqual(JSON.parse(item).item.provider_data, data);
  });

  test('goes to the client of a chat completion under its own names, plain and streamed', async () => {
    upstream.play(first);
    const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }], tools: chatTools };
    const { message } = (await send('/v1/chat/completions', body)).choices[0];
    assert.deepEqual(message.tool_calls[0].extra_content, signature);
    assert.deepEqual(message.reasoning_details, details);
    const chunks = await send('/v1/chat/completions', { ...body, stream: true });
    const deltas = chunks.map((chunk: { choices: { delta: object }[] }) => chunk.choices[0]?.delta);
    assert.ok(deltas.some((each: object) => JSON.stringify(each) === JSON.stringify({ reasoning_details: details })));
    const calls = deltas.flatMap((each: { tool_calls?: object[] }) => each.tool_calls ?? []);
    assert.deepEqual(calls.at(-1), { index: 0, extra_content: signature });
  });

  test('is listed with the messages of a stored completion', async () => {
    upstream.play(second);
    const call = { id: 'call-1', type: 'function', extra_content: signature, function: { name: 'f', arguments: '{}' } };
    const assistant = { role: 'assistant', content: null, reasoning_details: details, tool_calls: [call] };
    const messages = [
      { role: 'user', content: 'hi' },
      assistant,
      { role: 'tool', tool_call_id: 'call-1', content: '1' },
    ];
    const { id } = await send('/v1/chat/completions', { model: 'm', messages, store: true });
    const listed = await fetch(`${server.url}/v1/chat/completions/${id}/messages`);
    const { data } = JSON.parse(await listed.text());
    assert.deepEqual(data[1].reasoning_details, details);
    assert.deepEqual(data[1].tool_calls, [call]);
  });
});

suite('citations of an answer', () => {
  const citation = { start_index: 4, end_index: 7, url: 'https://example.org/a', title: 'A' };
  const annotation = { type: 'url_citation', ...citation };
  const nested = { type: 'url_citation', url_citation: citation };
  const cited = [delta({ content: 'See [1]' }), delta({ annotations: [nested] }), delta({}, 'stop'), done];

  test('are annotations of a chat completion, plain and streamed', async () => {
    upstream.play(cited);
    const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
    assert.deepEqual((await send('/v1/chat/completions', body)).choices[0].message.annotations, [nested]);
    const chunks = await send('/v1/chat/completions', { ...body, stream: true });
    const deltas = chunks.map((chunk: { choices: { delta: object }[] }) => chunk.choices[0]?.delta);
    assert.deepEqual(
      deltas.find((each: object) => 'annotations' in each),
      { annotations: [nested] },
    );
  });

  test('are annotations of a response, plain, streamed, stored, replayed and sent back', async () => {
    upstream.play(cited);
    const plain = await send('/v1/responses', { model: 'm', input: 'hi' });
    const parts = [{ type: 'output_text', text: 'See [1]', annotations: [annotation], logprobs: [] }];
    assert.deepEqual(plain.output[0].content, parts);
    const events = await send('/v1/responses', { model: 'm', input: 'hi', stream: true });
    const added = events.find(({ type }: { type: string }) => type === 'response.output_text.annotation.added');
    assert.deepEqual([added.annotation, added.annotation_index, added.content_index], [annotation, 0, 0]);
    const { response } = events.at(-1);
    assert.deepEqual((await server.openai.responses.retrieve(response.id)).output, response.output);
    const replayed = [];
    for await (const { type } of await server.openai.responses.retrieve(plain.id, { stream: true }))
      replayed.push(type);
    assert.ok(replayed.includes('response.output_text.annotation.added'));
    const input = [{ role: 'user', content: 'hi' }, ...plain.output, { role: 'user', content: 'more' }];
    const next = await send('/v1/responses', { model: 'm', input });
    const { data } = await server.openai.responses.inputItems.list(next.id, { order: 'asc' });
    assert.deepEqual(data[1], plain.output[0]);
  });
});

suite('surrogate halves in two chunks', () => {
  test('become one character in both APIs', async () => {
    const chunk = (content: string) =>
      `{"choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}`;
    upstream.play([chunk('hi \\ud83d'), chunk('\\ude00 there'), delta({}, 'stop'), done]);
    const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };
    const chunks = await send('/v1/chat/completions', body);
    const texts = chunks.map((each: { choices: { delta: { content?: string } }[] }) => each.choices[0]?.delta.content);
    assert.deepEqual(texts.filter(Boolean), ['hi ', '😀 there']);
    const events = await send('/v1/responses', { model: 'm', input: 'hi', stream: true });
    const deltas = events.filter(({ type }: { type: string }) => type === 'response.output_text.delta');
    assert.deepEqual(
      deltas.map((event: { delta: string }) => event.delta),
      ['hi ', '😀 there'],
    );
  });
});
