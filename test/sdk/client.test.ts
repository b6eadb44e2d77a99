import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from '../../scripts/sdk/typescript/create-client.ts';
import { operationPaths } from '../../scripts/sdk/typescript/operation-paths.ts';
import { TalariaError } from '../../scripts/sdk/typescript/talaria-error.ts';
import { checkedFetch } from '../helpers/contract-check.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { collect } from './collect.ts';
import { sendEvents, sendJson, startScriptedServer } from './scripted-server.ts';

describe('the TypeScript client, with Talaria', () => {
  let server: TestServer;
  let client: ReturnType<typeof createClient>;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: 'a-key' });
    client = createClient({ baseUrl: `${server.url}/v1/`, apiKey: 'a-key', fetch: (request) => checkedFetch(request) });
  });
  after(() => server[Symbol.asyncDispose]());

  test('has a method per operation, and the methods of openapi-fetch', async () => {
    for (const id of Object.keys(operationPaths)) assert.equal(typeof Reflect.get(client, id), 'function', id);
    const { data, response } = await client.GET('/v1/models');
    assert.equal(response.status, 200);
    assert.deepEqual(
      data?.data.map(({ id }) => id),
      ['offline'],
    );
  });

  test('creates a response, continues it, and retrieves both', async () => {
    const first = await client.createResponse({ body: { input: 'Hello!' } });
    const second = await client.createResponse({ body: { input: 'And?', previous_response_id: first.id } });
    assert.match(JSON.stringify(second.output), /Turn 2\./);
    assert.deepEqual(await client.getResponse({ path: { response_id: first.id } }), first);
    const query = { limit: 1, order: 'asc' as const };
    const items = await client.listInputItems({ path: { response_id: second.id }, query });
    assert.equal(items.data.length, 1);
  });

  test('sends query parameters in the form of the contract, and optional bodies', async () => {
    const body = {
      messages: [{ role: 'user' as const, content: '/say Hi.' }],
      store: true,
      metadata: { 'a&b': 'c=d' },
    };
    const kept = await client.createChatCompletion({ body });
    const list = await client.listChatCompletions({ query: { metadata: { 'a&b': 'c=d' } } });
    assert.deepEqual(
      list.data.map(({ id }) => id),
      [kept.id],
    );
    const conversation = await client.createConversation();
    assert.equal(conversation.object, 'conversation');
    assert.equal((await client.getModel({ path: { model: 'offline' } })).id, 'offline');
  });

  test('yields the typed events of a response, with the whole response last', async () => {
    let text = '';
    let whole: string | undefined;
    for await (const event of client.stream('createResponse', { body: { input: '/say Hello there.' } })) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') whole = event.response.status;
    }
    assert.equal(text, 'Hello there.');
    assert.equal(whole, 'completed');
  });

  test('yields the chunks of a chat completion', async () => {
    const body = { messages: [{ role: 'user' as const, content: '/say Hello there.' }] };
    const chunks = await collect(client.stream('createChatCompletion', { body }));
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), 'Hello there.');
  });

  test('throws the error envelope of a plain call and of a stream', async () => {
    const path = { response_id: 'resp_unknown' };
    const refusal = { name: 'TalariaError', status: 404, code: 'response_not_found', type: 'invalid_request_error' };
    await assert.rejects(client.getResponse({ path }), refusal);
    const body = { input: 'Hello!', previous_response_id: 'resp_unknown' };
    const error = await collect(client.stream('createResponse', { body })).catch((error) => error);
    assert.ok(error instanceof TalariaError);
    assert.equal(error.code, 'previous_response_not_found');
    assert.equal(error.param, 'previous_response_id');
    assert.match(error.requestId ?? '', /^req_/);
    await assert.rejects(createClient({ baseUrl: server.url }).listModels(), { status: 401, code: 'invalid_api_key' });
  });

  test('throws the error of an exceeded rate limit, with the time to wait', async () => {
    const error = await client.createResponse({ body: { input: '/status 429 retry-after 2' } }).catch((error) => error);
    assert.equal(error.status, 429);
    assert.equal(error.headers.get('retry-after'), '2');
  });

  test('throws the error at the end of a chat stream, after its chunks', async () => {
    const body = { messages: [{ role: 'user' as const, content: '/tokens 5\n/break after 2' }] };
    const seen: string[] = [];
    const read = async () => {
      for await (const chunk of client.stream('createChatCompletion', { body })) seen.push(chunk.object);
    };
    await assert.rejects(read(), { name: 'TalariaError', code: 'upstream_error', status: undefined });
    assert.ok(seen.length > 1);
  });

  test('throws connection_failed if it cannot reach the server', async () => {
    const nowhere = createClient({ baseUrl: 'http://127.0.0.1:9' });
    await assert.rejects(nowhere.listModels(), { code: 'connection_failed', type: 'client_error' });
  });

  test('throws the reason of a signal, for a plain call and during a stream', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(client.createResponse({ body: { input: 'Hello!' }, signal }), reason);
    await assert.rejects(collect(client.stream('createResponse', { body: { input: 'Hello!' }, signal })), reason);
    const controller = new AbortController();
    const read = async () => {
      const body = { input: '/tokens 500 delay 20ms' };
      for await (const event of client.stream('createResponse', { body, signal: controller.signal })) {
        if (event.type === 'response.output_text.delta') controller.abort(reason);
      }
    };
    await assert.rejects(read(), reason);
  });
});

describe('the TypeScript client, with a server that misbehaves', () => {
  const body = { input: 'Hello!' };
  const delta = { type: 'response.output_text.delta', sequence_number: 0, delta: 'a' };

  test('sends nothing before iteration starts, and closes the connection when it stops', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startScriptedServer((request, response) => {
      response.on('close', closed.resolve);
      return sendEvents([delta, delta], 'stay')(request, response);
    });
    const events = createClient({ baseUrl: server.url }).stream('createResponse', { body });
    assert.deepEqual(server.requests, []);
    for await (const event of events) {
      assert.equal(event.sequence_number, 0);
      break;
    }
    await closed.promise;
  });

  test('does not treat a broken stream as finished', async () => {
    await using server = await startScriptedServer(sendEvents([delta], 'break'), (_request, response) => {
      response.end(`data: ${JSON.stringify(delta)}\n\n`);
    });
    const client = createClient({ baseUrl: server.url });
    for (const way of ['a broken connection', 'an end without [DONE]']) {
      const error = await collect(client.stream('createResponse', { body })).catch((error) => error);
      assert.equal(error.code, 'stream_interrupted', way);
    }
    assert.equal(server.requests.length, 2, 'a response outside the background is not retried');
  });

  test('throws for an event that is too long or not JSON', async () => {
    await using server = await startScriptedServer(
      sendEvents(['x'.repeat(50_000)], 'stay'),
      sendEvents(['{"type":'], 'stay'),
    );
    const client = createClient({ baseUrl: server.url, maxEventLength: 10_000 });
    await assert.rejects(collect(client.stream('createResponse', { body })), { code: 'event_too_long' });
    await assert.rejects(collect(client.stream('createResponse', { body })), { code: 'invalid_event' });
  });

  test('yields an event of the type error, which does not end the stream', async () => {
    const detail = { message: 'Hm.', type: 'server_error', param: null, code: null };
    const event = { type: 'error', sequence_number: 0, message: 'Hm.', param: null, code: null, error: detail };
    await using server = await startScriptedServer(sendEvents([event, delta], 'done'));
    const messages: string[] = [];
    for await (const each of createClient({ baseUrl: server.url }).stream('createResponse', { body })) {
      messages.push(each.type === 'error' ? each.message : each.type);
    }
    assert.deepEqual(messages, ['Hm.', delta.type]);
  });

  test('reads events that arrive byte by byte', async () => {
    const text = `: a comment\r\n\r\nevent: x\r\ndata: ${JSON.stringify({ ...delta, delta: 'ä€😀' })}\r\n\r\ndata: [DONE]\n\n`;
    await using server = await startScriptedServer(async (_request, response) => {
      for (const byte of Buffer.from(text)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const events = await collect(createClient({ baseUrl: server.url }).stream('createResponse', { body }));
    assert.deepEqual(events, [{ ...delta, delta: 'ä€😀' }]);
  });

  test('creates an error from a reply without an envelope', async () => {
    await using server = await startScriptedServer(sendJson(502, '<html>'), sendJson(503, { status: 'unavailable' }));
    const client = createClient({ baseUrl: server.url });
    await assert.rejects(client.listModels(), { status: 502, code: null, requestId: 'req_2', message: /status 502/ });
    await assert.rejects(client.getReadiness(), { status: 503, type: 'server_error' });
  });
});
