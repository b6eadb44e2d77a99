import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI from 'openai';
import { connectSocket } from '../websocket/connect-socket.ts';
import { ask, readJson, startRules } from './start-rules.ts';

const busy = { error: { message: 'Slow down.', type: 'rate_limit_error', param: 'x', code: 'too_busy' } };
const rateLimit = { status: 429, headers: { 'retry-after': '0', 'x-own': 'yes' }, body: busy };

describe('a reply with a status', () => {
  test('is sent byte for byte, with its headers', async () => {
    const body = '{ "error" : "not our form" }\n';
    await using server = await startRules({ rules: [{ reply: { status: 503, headers: { 'x-own': 'yes' }, body } }] });
    for (const stream of [true, false]) {
      const reply = await ask(server.url, { message: 'Hi', stream });
      assert.equal(reply.status, 503);
      assert.equal(reply.headers.get('x-own'), 'yes');
      assert.equal(reply.headers.get('content-type'), 'application/json');
      assert.equal(await reply.text(), body);
    }
  });

  test('is an error in the form of OpenAI by default', async () => {
    await using server = await startRules({ rules: [{ reply: { status: 500 } }] });
    const reply = await ask(server.url, { message: 'Hi' });
    assert.deepEqual(await reply.json(), {
      error: {
        message: 'A rule replies with status 500 Internal Server Error.',
        type: 'server_error',
        param: null,
        code: null,
      },
    });
  });

  test('may be a success that is not of this API', async () => {
    const reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Log in</h1>' };
    await using server = await startRules({ rules: [{ reply }] });
    const response = await ask(server.url, { message: 'Hi' });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '<h1>Log in</h1>');
  });

  test('is retried by the official SDK, which then gets the next rule', async () => {
    await using server = await startRules({
      rules: [{ times: 2, reply: rateLimit }, { reply: { text: 'At last.' } }],
    });
    const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 2 });
    assert.equal((await openai.responses.create({ model: 'm', input: 'Hi' })).output_text, 'At last.');
  });

  test('does not use up an idempotency key', async () => {
    await using server = await startRules({ rules: [{ times: 1, reply: rateLimit }, { reply: { text: 'Done.' } }] });
    const bodies = { 'chat/completions': { messages: [{ role: 'user', content: 'Hi' }] }, responses: { input: 'Hi' } };
    for (const [path, body] of Object.entries(bodies)) {
      await fetch(`${server.url}/admin/v1/rules`, { method: 'DELETE' });
      const send = () =>
        fetch(`${server.url}/v1/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': `key-${path}` },
          body: JSON.stringify({ model: 'm', ...body }),
        });
      const refused = await send();
      assert.equal(refused.status, 429);
      assert.deepEqual(await refused.json(), busy);
      const answered = await send();
      assert.equal(answered.status, 200);
      assert.match(await answered.text(), /Done\./);
    }
  });

  test('fails a background response with the message and the code of its body', async () => {
    await using server = await startRules({ rules: [{ reply: rateLimit }] });
    let response = await server.openai.responses.create({ model: 'm', input: 'Hi', background: true });
    for (let round = 0; round < 100 && response.status !== 'failed'; round++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      response = await server.openai.responses.retrieve(response.id);
    }
    assert.equal(response.status, 'failed');
    assert.equal(response.error?.message, 'Slow down.');
  });

  test('is an error event with the status on a WebSocket', async () => {
    await using server = await startRules({ rules: [{ times: 1, reply: rateLimit }, { reply: { text: 'Done.' } }] });
    await using socket = await connectSocket(server.url);
    socket.send({ type: 'response.create', model: 'm', input: 'Hi' });
    const refused = await socket.next();
    assert.equal(refused.type, 'error');
    assert.equal('status' in refused && refused.status, 429);
    assert.ok('error' in refused && JSON.stringify(refused.error).includes('"code":"too_busy"'));
    socket.send({ type: 'response.create', model: 'm', input: 'Hi' });
    assert.equal((await socket.next()).type, 'response.created');
  });

  test('is one reply for all choices of a request', async () => {
    await using server = await startRules({
      rules: [{ times: 1, reply: rateLimit }, { reply: [{ text: 'first {{ n }}' }, { text: 'second {{ n }}' }] }],
    });
    assert.equal((await ask(server.url, { message: 'Hi', body: { n: 3 } })).status, 429);
    const completion = await readJson(await ask(server.url, { message: 'Hi', body: { n: 3 } }));
    const texts = completion.choices.map(({ message }: { message: { content: string } }) => message.content);
    assert.deepEqual(texts, ['first 1', 'first 1', 'first 1']);
  });
});

describe('content', () => {
  test('is not held to the format and the tool choice of the request', async () => {
    await using server = await startRules({ rules: [{ reply: { text: 'not JSON' } }] });
    const format = { type: 'json_schema', name: 'a', schema: { type: 'object' } };
    const reply = await fetch(`${server.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', input: 'Hi', text: { format } }),
    });
    assert.match(await reply.text(), /"text":"not JSON"/);
  });

  test('reports the usage of the rule, and counts the rest', async () => {
    const usage = { input_tokens: 1000, cached_input_tokens: 900 };
    await using server = await startRules({ rules: [{ reply: { text: 'one two three', usage } }] });
    const { usage: reported } = await server.openai.responses.create({ model: 'm', input: 'Hi' });
    assert.equal(reported?.input_tokens, 1000);
    assert.equal(reported?.input_tokens_details.cached_tokens, 900);
    assert.equal(reported?.output_tokens, 3);
  });

  test('runs a call itself if it has a result', async () => {
    const call = { name: 'look_up', arguments: { id: '{{ message }}' }, result: 'found {{ message }}' };
    await using server = await startRules({ rules: [{ reply: { tool_calls: [call], text: 'Done.' } }] });
    const { output } = await server.openai.responses.create({ model: 'm', input: '42' });
    const results = output.filter(({ type }) => type !== 'message');
    assert.match(JSON.stringify(results), /"arguments":"\{\\"id\\":\\"42\\"\}".*found 42/);
  });

  test('keeps its rate and its delays', async () => {
    const reply = { text: 'one two three four five six', rate: 20, delay: '100ms', first_token_delay: 100 };
    await using server = await startRules({ rules: [{ reply }] });
    const started = performance.now();
    const stream = await server.openai.responses.create({ model: 'm', input: 'Hi', stream: true });
    const times = new Map<string, number>();
    for await (const { type } of stream) if (!times.has(type)) times.set(type, performance.now() - started);
    const at = (type: string) => times.get(type) ?? assert.fail(`${type} is missing`);
    assert.ok(at('response.created') >= 99);
    assert.ok(at('response.output_text.delta') - at('response.created') >= 95);
    // Six tokens: five pauses of 50 ms.
    assert.ok(at('response.completed') - at('response.output_text.delta') >= 240);
  });

  test('ends as the rule says', async () => {
    await using server = await startRules({ rules: [{ reply: { text: 'Half', finish_reason: 'content_filter' } }] });
    const { incomplete_details: details } = await server.openai.responses.create({ model: 'm', input: 'Hi' });
    assert.equal(details?.reason, 'content_filter');
  });
});
