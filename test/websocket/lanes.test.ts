import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket, idOf, type Message, type SocketClient, textOf } from './connect-socket.ts';
import { startSocketServer } from './start-socket-server.ts';

const terminal = ['response.completed', 'response.incomplete', 'response.failed', 'error'];

/** Reads until each of these lanes has had that many terminal events or errors. Returns the messages by lane. */
async function readLanes(client: SocketClient, counts: Record<string, number>): Promise<Record<string, Message[]>> {
  const left = { ...counts };
  const lanes: Record<string, Message[]> = {};
  while (Object.values(left).some((count) => count > 0)) {
    const message = await client.next();
    const lane = message.stream_id ?? 'default';
    lanes[lane] ??= [];
    lanes[lane].push(message);
    if (terminal.includes(message.type)) left[lane] = (left[lane] ?? 0) - 1;
  }
  return lanes;
}

const create = (client: SocketClient, fields: object) =>
  client.send({ type: 'response.create', store: false, ...fields });

describe('the lanes of a WebSocket', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  });
  after(() => server[Symbol.asyncDispose]());

  test('run at the same time, and every event repeats the stream_id of its lane', async () => {
    await using client = await connectSocket(server.url);
    create(client, { stream_id: 'slow', input: '/wait 30000ms\n/say late' });
    create(client, { input: '/wait 30000ms\n/say late' });
    create(client, { stream_id: 'quick.1', input: '/say early' });
    const lanes = await readLanes(client, { 'quick.1': 1 });
    assert.equal(textOf(lanes['quick.1'] ?? []), 'early');
    const rest = [...(lanes['slow'] ?? []), ...(lanes['default'] ?? [])];
    assert.ok(rest.every(({ type }) => ['response.created', 'response.in_progress'].includes(type)));
  });

  test('interleave their events', async () => {
    await using client = await connectSocket(server.url);
    const order: string[] = [];
    client.socket.on('message', (data) => order.push(JSON.parse(`${data}`).stream_id));
    for (const lane of ['a', 'b']) create(client, { stream_id: lane, input: '/tokens 8 delay 4ms' });
    await readLanes(client, { a: 1, b: 1 });
    const changes = order.filter((lane, index) => index > 0 && lane !== order[index - 1]);
    assert.ok(changes.length > 2, `the lanes came one after the other: ${order}`);
  });

  test('are each in order', async () => {
    await using client = await connectSocket(server.url);
    for (const text of ['first', 'second']) {
      for (const lane of ['a', 'b']) create(client, { stream_id: lane, input: `/tokens 3 delay 2ms\n/say ${text}` });
    }
    const lanes = await readLanes(client, { a: 2, b: 2 });
    for (const lane of ['a', 'b']) {
      const ends = (lanes[lane] ?? []).filter(({ type }) => type === 'response.completed');
      assert.deepEqual(
        ends.map((end) => /first|second/.exec(textOf([end]))?.[0]),
        ['first', 'second'],
      );
    }
  });

  test('a new lane forks the response of another', async () => {
    await using client = await connectSocket(server.url);
    create(client, { stream_id: 'a', input: 'One' });
    const root = idOf((await readLanes(client, { a: 1 }))['a'] ?? []);
    create(client, { stream_id: 'a', input: 'Two', previous_response_id: root });
    create(client, { stream_id: 'b', input: 'Two', previous_response_id: root });
    const lanes = await readLanes(client, { a: 1, b: 1 });
    for (const lane of ['a', 'b']) assert.match(textOf(lanes[lane] ?? []), /Turn 2\./);
  });

  test('a failed fork leaves its parent to the lane that made it, a failed continuation evicts it', async () => {
    await using client = await connectSocket(server.url);
    create(client, { stream_id: 'a', input: 'One' });
    const previous_response_id = idOf((await readLanes(client, { a: 1 }))['a'] ?? []);
    create(client, { stream_id: 'b', input: '/status 500', previous_response_id });
    assert.equal((await readLanes(client, { b: 1 }))['b']?.at(-1).status, 502);
    create(client, { stream_id: 'a', input: '/status 500', previous_response_id });
    assert.equal((await readLanes(client, { a: 1 }))['a']?.at(-1).status, 502);
    create(client, { stream_id: 'a', input: 'Two', previous_response_id });
    const [refused] = (await readLanes(client, { a: 1 }))['a'] ?? [];
    assert.equal(refused.error.code, 'previous_response_not_found');
    assert.equal(refused.stream_id, 'a');
  });

  test('32 lanes continue their responses that are not stored', async () => {
    await using client = await connectSocket(server.url);
    const names = Array.from({ length: 32 }, (_, index) => `lane-${index}`);
    const each = Object.fromEntries(names.map((name) => [name, 1]));
    for (const stream_id of names) create(client, { stream_id, input: 'One' });
    const first = await readLanes(client, each);
    for (const stream_id of names) {
      create(client, { stream_id, input: 'Two', previous_response_id: idOf(first[stream_id] ?? []) });
    }
    const second = await readLanes(client, each);
    for (const name of names) assert.match(textOf(second[name] ?? []), /Turn 2\./);
  });

  test('an invalid request is refused in its lane, and the lane goes on', async () => {
    await using client = await connectSocket(server.url);
    create(client, { stream_id: 'a', input: 7 });
    create(client, { stream_id: 'a', input: '/say Fine.' });
    const messages = (await readLanes(client, { a: 2 }))['a'] ?? [];
    assert.equal(messages[0].error.param, 'input');
    assert.equal(textOf(messages), 'Fine.');
  });

  for (const stream_id of ['', 'a b', 'ä', 'x'.repeat(257), 'a/b', 7, {}, ['a']]) {
    test(`${JSON.stringify(stream_id).slice(0, 20)} is no stream_id`, async () => {
      await using client = await connectSocket(server.url);
      create(client, { stream_id, input: 'Hello' });
      const refused = await client.next();
      assert.deepEqual([refused.type, refused.status, refused.stream_id], ['error', 400, undefined]);
      assert.equal(refused.error.code, 'invalid_stream_id');
      assert.equal(refused.error.param, 'stream_id');
    });
  }

  test('a stream_id of 256 characters is one, and null is the default lane', async () => {
    await using client = await connectSocket(server.url);
    const stream_id = 'aZ9_.-'.padEnd(256, 'x');
    create(client, { stream_id, input: 'Hello' });
    create(client, { stream_id: null, input: 'Hello' });
    await readLanes(client, { [stream_id]: 1, default: 1 });
  });

  test('a stream_id inside a field of the frame is not the lane', async () => {
    await using client = await connectSocket(server.url);
    const input = 'Say "stream_id": "x" and {"stream_id":"y"}';
    client.send(`{"type":"response.create","metadata":{"stream_id":"z"},"input":${JSON.stringify(input)}}`);
    client.send(
      `{ "metadata" : {"stream_id":"z\\\\\\""}, "stream_id" : "real", "type":"response.create","input":"Hi" }`,
    );
    const lanes = await readLanes(client, { default: 1, real: 1 });
    assert.deepEqual(Object.keys(lanes).sort(), ['default', 'real']);
  });

  test('over HTTP a stream_id has no effect', async () => {
    const response = await fetch(`${server.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'offline', input: 'Hello', stream_id: 'a' }),
    });
    assert.equal(response.status, 200);
    assert.ok(!(await response.text()).includes('stream_id'));
  });

  test('sixteen responses run at once, later ones wait', async () => {
    await using client = await connectSocket(server.url);
    const names = Array.from({ length: 18 }, (_, index) => `lane-${index}`);
    for (const stream_id of names) create(client, { stream_id, input: '/wait 60ms\n/say done' });
    const created: string[] = [];
    while (created.length < 16) {
      const message = await client.next();
      assert.ok(!terminal.includes(message.type), 'none has ended');
      if (message.type === 'response.created') created.push(message.stream_id);
    }
    assert.deepEqual(created.sort(), names.slice(0, 16).sort());
    const left = Object.fromEntries(names.map((name) => [name, 1]));
    const lanes = await readLanes(client, left);
    assert.equal(Object.keys(lanes).length, 18);
  });

  test('openai 7.59, ResponsesWS: two lanes at once', async () => {
    const ws = new ResponsesWS(server.openai);
    const ends: Message[] = [];
    const done = new Promise<void>((resolve, reject) => {
      ws.on('response.completed', (event) => ends.push(event) === 2 && resolve());
      ws.on('error', reject);
    });
    ws.send({ type: 'response.create', model: 'offline', input: '/wait 40ms\n/say One', stream_id: 'a' });
    ws.send({ type: 'response.create', model: 'offline', input: '/say Two', stream_id: 'b' });
    await done;
    assert.deepEqual(
      ends.map((event) => [event.stream_id, textOf([event])]),
      [
        ['b', 'Two'],
        ['a', 'One'],
      ],
    );
    ws.close();
  });
});

describe('the bounds of lanes', () => {
  test('a connection has so many names; those it has used go on', async () => {
    await using server = await startSocketServer({ limits: { lanes: 2 } });
    await using client = await connectSocket(server.url);
    for (const stream_id of ['a', 'b', 'c']) create(client, { stream_id, input: '/say Hello.' });
    const lanes = await readLanes(client, { a: 1, b: 1, c: 1 });
    const [refused] = lanes['c'] ?? [];
    assert.equal(refused.error.code, 'websocket_stream_limit_reached');
    assert.equal(refused.status, 400);
    create(client, { stream_id: 'a', input: '/say Hello.' });
    create(client, { input: '/say Hello.' });
    await readLanes(client, { a: 1, default: 1 });
  });

  test('a closing connection sends its error to each lane that waits', async () => {
    await using server = await startSocketServer({ limits: { turns: 1, connectionMs: 80 } });
    await using client = await connectSocket(server.url);
    create(client, { stream_id: 'a', input: '/wait 30000ms' });
    create(client, { stream_id: 'b', input: 'Hello' });
    const messages: Message[] = [];
    client.socket.on('message', (data) => messages.push(JSON.parse(`${data}`)));
    assert.equal(await client.closed, 1001);
    const errors = messages.filter(({ type }) => type === 'error');
    assert.deepEqual(errors.map(({ stream_id }) => stream_id).sort(), ['b', undefined]);
    assert.ok(errors.every(({ error }) => error.code === 'websocket_connection_limit_reached'));
  });
});
