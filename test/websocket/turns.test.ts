import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket, errorMessage, idOf, type Message, textOf } from './connect-socket.ts';

describe('the Responses WebSocket mode', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  });
  after(() => server[Symbol.asyncDispose]());

  test('N8, N9, N11: response.create at /v1/responses starts a response', async () => {
    await using client = await connectSocket(server.url);
    const turn = await client.create({ input: '/say Hello.' });
    assert.equal(turn[0].type, 'response.created');
    assert.equal(textOf(turn), 'Hello.');
    assert.equal(turn.at(-1).response.status, 'completed');
    assert.equal(turn.at(-1).response.store, false);
  });

  test('N12, L17: the events are those of the HTTP stream, in the same order and with the same numbers', async () => {
    await using client = await connectSocket(server.url);
    const input = '/reason First.\n/say One two three.\n/call get_weather {"city":"Paris"}';
    const overSocket = await client.create({ input, store: true });
    const reply = await post(`${server.url}/v1/responses`, { input, stream: true });
    const overHttp: Message[] = (await reply.text())
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)));
    assert.deepEqual(overSocket.map(toShape), overHttp.map(toShape));
    assert.deepEqual(
      overSocket.map((event) => event.sequence_number),
      overSocket.map((_, index) => index),
    );
  });

  test('each event is a text frame of its own, without event lines and [DONE]', async () => {
    await using client = await connectSocket(server.url);
    const frames: [data: string, isBinary: boolean][] = [];
    client.socket.on('message', (data, isBinary) => frames.push([data.toString(), isBinary]));
    const turn = await client.create({ input: '/say One two.' });
    assert.equal(frames.length, turn.length);
    for (const [data, isBinary] of frames) {
      assert.equal(isBinary, false);
      assert.match(data, /^\{"type":"response\.[a-z_.]+",.*\}$/);
    }
  });

  test('N13, N14, N15: frames sent at once are answered one after another, in order', async () => {
    await using client = await connectSocket(server.url);
    for (const name of ['first', 'second', 'third']) {
      client.send({ type: 'response.create', store: false, input: `/tokens 5 delay 5ms\n/say ${name}` });
    }
    for (const name of ['first', 'second', 'third']) {
      const turn = await client.rest();
      assert.match(textOf(turn), new RegExp(`${name}$`));
      const ids = new Set(turn.filter((event) => event.response).map((event) => event.response.id));
      assert.equal(ids.size, 1, 'no event of another response in between');
    }
    assert.equal(client.waiting, 0);
  });

  test('N15: two connections run at the same time', async () => {
    await using slow = await connectSocket(server.url);
    await using quick = await connectSocket(server.url);
    slow.send({ type: 'response.create', store: false, input: '/wait 30000ms\n/say late' });
    assert.equal((await slow.next()).type, 'response.created');
    assert.equal(textOf(await quick.create({ input: '/say early' })), 'early');
  });

  test('L17: sequence numbers start at 0 in each response', async () => {
    await using client = await connectSocket(server.url);
    for (const input of ['/say One.', '/say Two.'])
      assert.equal((await client.create({ input }))[0].sequence_number, 0);
  });

  test('N10: stream and stream_options are ignored, whatever they contain: several clients send them', async () => {
    await using client = await connectSocket(server.url);
    for (const fields of [
      { stream: true },
      { stream: false },
      { stream: '', stream_options: { include_obfuscation: false } },
      { stream: 7, stream_options: 'none', background: false },
    ]) {
      assert.equal((await client.create({ input: '/say Yes.', ...fields })).at(-1).type, 'response.completed');
    }
  });

  test('N10: background is refused', async () => {
    await using client = await connectSocket(server.url);
    assert.deepEqual(await client.create({ input: 'Hello', background: true }), [
      errorMessage(
        400,
        'unsupported_parameter',
        'Background responses are not supported on a WebSocket.',
        'background',
      ),
    ]);
  });

  test('a run that the agent breaks off ends with response.failed, and the socket stays open', async () => {
    await using client = await connectSocket(server.url);
    const turn = await client.create({ input: '/say one two three\n/break after 2' });
    assert.equal(turn.at(-1).type, 'response.failed');
    assert.equal(turn.at(-1).response.error.code, 'upstream_error');
    assert.equal(textOf(await client.create({ input: '/say Still here.' })), 'Still here.');
  });

  test('a run that reaches its limit ends with response.incomplete, and can be continued', async () => {
    await using client = await connectSocket(server.url);
    const turn = await client.create({ input: '/say one two three\n/limit 2' });
    assert.equal(turn.at(-1).type, 'response.incomplete');
    const next = await client.create({ input: 'Go on', previous_response_id: idOf(turn) });
    assert.match(textOf(next), /Turn 2\./);
  });

  test('N25: an agent that refuses before its first event is an error envelope with its status', async () => {
    await using client = await connectSocket(server.url);
    const [refused, ...more] = await client.create({ input: '/status 429 retry-after 2' });
    assert.equal(refused.status, 429);
    assert.equal(refused.error.code, 'rate_limit_exceeded');
    assert.deepEqual(more, []);
    assert.equal(textOf(await client.create({ input: '/say Better.' })), 'Better.');
  });

  test('a tool loop: the outputs alone are sent, with the id of the response that called (N16)', async () => {
    await using client = await connectSocket(server.url);
    const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object' }, strict: false }];
    const called = await client.create({ tools, input: '/call get_weather {"city":"Paris"}' });
    const [call] = called.at(-1).response.output;
    const output = { type: 'function_call_output', call_id: call.call_id, output: '18 degrees' };
    const answered = await client.create({ tools, input: [output], previous_response_id: idOf(called) });
    assert.match(textOf(answered), /get_weather returned: 18 degrees/);
  });

  test('a tool output without its call is refused as over HTTP', async () => {
    await using client = await connectSocket(server.url);
    const input = [{ type: 'function_call_output', call_id: 'call_1', output: 'x' }];
    assert.deepEqual(await client.create({ input }), [
      errorMessage(
        400,
        'invalid_value',
        'No tool call found for function call output with call_id call_1.',
        'input[0].call_id',
      ),
    ]);
  });

  test('a turn of a conversation is appended to it, and a second one at the same time is locked out', async () => {
    const conversation = (await server.openai.conversations.create({})).id;
    await using client = await connectSocket(server.url);
    await using other = await connectSocket(server.url);
    client.send({ type: 'response.create', conversation, input: '/wait 4000ms\n/say Noted.' });
    assert.equal((await client.next()).type, 'response.created');
    const [locked] = await other.create({ conversation, input: 'Me too' });
    assert.equal(locked.status, 409);
    assert.equal(locked.error.code, 'conversation_locked');
    await client.rest();
    const items = await server.openai.conversations.items.list(conversation, { order: 'asc' });
    assert.deepEqual(
      items.data.map((item) => ('role' in item ? item.role : item.type)),
      ['user', 'assistant'],
    );
  });

  test('a frame of many megabytes is read', async () => {
    await using client = await connectSocket(server.url);
    const image = `data:image/png;base64,${'A'.repeat(8 * 1024 * 1024)}`;
    const content = [
      { type: 'input_text', text: 'What is it?' },
      { type: 'input_image', image_url: image },
    ];
    const turn = await client.create({ input: [{ role: 'user', content }] });
    assert.match(textOf(turn), /1 image/);
  });
});

/** Returns an event without the fields that differ between responses. */
function toShape(event: Message): unknown {
  return JSON.parse(
    JSON.stringify(event, (key, value) =>
      ['id', 'item_id', 'call_id', 'created_at', 'completed_at'].includes(key) && value ? typeof value : value,
    ),
  );
}
