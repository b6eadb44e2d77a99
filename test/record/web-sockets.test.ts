/** The Responses WebSocket mode through the proxy. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { startTalaria } from '../helpers/talaria.ts';
import { spawnRecorder } from './spawn-recorder.ts';

type Message = { type: string } & Record<string, unknown>;

async function open(base: string): Promise<WebSocket> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/responses`);
  await once(socket, 'open');
  return socket;
}

/** Sends a frame. Resolves with the messages up to the terminal event of the turn. */
function turn(socket: WebSocket, frame: unknown): Promise<Message[]> {
  const messages: Message[] = [];
  return new Promise((resolve, reject) => {
    const take = (data: unknown) => {
      const message = JSON.parse(String(data));
      messages.push(message);
      if (!/^(error|response\.(completed|incomplete|failed))$/.test(message.type)) return;
      socket.off('message', take);
      resolve(messages);
    };
    socket.on('message', take);
    socket.once('close', () => reject(new Error('closed midway')));
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  });
}

test('turns are forwarded, checked and recorded one by one, and can be replayed', async () => {
  await using talaria = await startTalaria();
  await using recorder = await spawnRecorder(`${talaria.url}/v1`);
  const socket = await open(recorder.url);
  const first = await turn(socket, { type: 'response.create', model: 'm', input: '/say over the socket' });
  const created = first[0]?.['response'];
  const second = await turn(socket, {
    type: 'response.create',
    model: 'm',
    input: '/say again',
    previous_response_id: Object(created).id,
  });
  assert.equal(second.at(-1)?.type, 'response.completed');
  const [refused] = await turn(socket, { type: 'response.create', input: 7 });
  assert.equal(refused?.['status'], 400);
  await turn(socket, '{"type":');
  socket.close();
  const exchanges = await recorder.exchanges(5);
  assert.deepEqual(
    exchanges.map(({ webSocket, response }) => [webSocket, response?.status]),
    [[undefined, 101], ...[1, 2, 3, 4].map(() => [true, 101])],
  );
  const recordedTypes = exchanges[1]?.response?.stream?.flatMap(({ events }) =>
    events.map(({ json }) => Object(json).type),
  );
  assert.deepEqual(
    recordedTypes,
    first.map(({ type }) => type),
  );
  assert.deepEqual(
    exchanges.map(({ violations }) => violations.map(({ place, message }) => `${place}: ${message}`)),
    [
      [],
      [],
      [],
      ['input: expected one of a string, an array or null, but got a number instead'],
      [': the message is not JSON'],
    ],
  );
  await using replay = await startTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const response = await replay.openai.responses.create({ model: 'm', input: '/say over the socket' });
  assert.equal(response.output_text, 'over the socket');
  const next = { model: 'm', input: '/say again', previous_response_id: response.id };
  assert.equal((await replay.openai.responses.create(next)).output_text, 'again');
});

test('a refused upgrade is forwarded unchanged', async () => {
  await using talaria = await startTalaria({ API_SERVER_KEY: 'right' });
  await using recorder = await spawnRecorder(`${talaria.url}/v1`);
  const socket = new WebSocket(`${recorder.url.replace('http', 'ws')}/responses`);
  const [, response] = await once(socket, 'unexpected-response');
  assert.equal(response.statusCode, 401);
  let text = '';
  for await (const chunk of response) text += chunk;
  assert.equal(JSON.parse(text).error.code, 'invalid_api_key');
  const [recorded] = await recorder.exchanges(1);
  assert.equal(recorded?.response?.status, 401);
});

/** A server with compression that answers each frame by a script. */
async function startCompressing(answer: (socket: WebSocket, text: string) => void) {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  sockets.on('connection', (socket) => socket.on('message', (data) => answer(socket, String(data))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

test('compressed frames are forwarded compressed, and read', async () => {
  const received: string[] = [];
  await using upstream = await startCompressing((socket, text) => {
    received.push(text);
    socket.send(JSON.stringify({ type: 'response.created', sequence_number: 0, response: { text: 'x'.repeat(5000) } }));
    socket.send(
      JSON.stringify({ type: 'error', status: 400, error: { type: 'a', code: null, message: 'b', param: null } }),
    );
  });
  await using recorder = await spawnRecorder(upstream.url);
  const socket = await open(recorder.url);
  assert.match(socket.extensions, /permessage-deflate/);
  const frame = JSON.stringify({ type: 'response.create', input: 'y'.repeat(5000) });
  for (let count = 0; count < 2; count++) assert.equal((await turn(socket, frame)).length, 2);
  assert.deepEqual(received, [frame, frame]);
  socket.close();
  const [, first, second] = await recorder.exchanges(3);
  for (const recorded of [first, second]) {
    assert.deepEqual(recorded?.request.json, JSON.parse(frame));
    assert.match(recorded?.violations[0]?.place ?? '', /^events\[0\]\.response\./);
    assert.equal(recorded?.response?.stream?.flatMap(({ events }) => events).length, 2);
  }
});

test('closing one side closes the other', async () => {
  await using upstream = await startCompressing((socket) =>
    socket.send('{"type":"response.created","sequence_number":0}'),
  );
  await using recorder = await spawnRecorder(upstream.url);
  const leaving = await open(recorder.url);
  leaving.send('{"type":"response.create","input":"x"}');
  await once(leaving, 'message');
  const [peer] = upstream.sockets.clients;
  assert.ok(peer);
  const gone = once(peer, 'close');
  leaving.terminate();
  await gone;
  assert.equal((await recorder.exchanges(2))[1]?.ended, 'client-left');

  const left = await open(recorder.url);
  left.send('{"type":"response.create","input":"x"}');
  await once(left, 'message');
  left.on('error', () => undefined);
  const closed = once(left, 'close');
  for (const client of upstream.sockets.clients) client.terminate();
  await closed;
  const broken = (await recorder.exchanges(4))[3];
  assert.equal(broken?.ended, 'upstream-broke');
  assert.ok(broken?.violations.some(({ message }) => message === 'the stream ended without a terminal event'));
});

test('lanes that run at the same time are recorded one by one', async () => {
  await using talaria = await startTalaria();
  await using recorder = await spawnRecorder(`${talaria.url}/v1`);
  const socket = await open(recorder.url);
  const ends: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const { type, stream_id, response } = JSON.parse(String(data));
      if (type === 'response.completed' && ends.push(stream_id) === 2) resolve();
      if (type !== 'response.created' || stream_id !== 'slow') return;
      socket.send(JSON.stringify({ type: 'response.steer', previous_response_id: response.id, input: 'Hurry.' }));
      socket.send(JSON.stringify({ type: 'response.create', stream_id: 'quick', input: '/say early' }));
    });
  });
  socket.send(JSON.stringify({ type: 'response.create', stream_id: 'slow', input: '/tokens 40 delay 25ms' }));
  await ended;
  socket.close();
  // The accepted input continues in another response of the slow lane, which may have ended too.
  assert.deepEqual(ends.slice(0, 2), ['quick', 'slow']);
  const [, ...turns] = await recorder.exchanges(3);
  assert.deepEqual(
    turns.map(({ violations, ended }) => [violations, ended]),
    [
      [[], 'complete'],
      [[], 'complete'],
    ],
  );
  for (const { response } of turns) {
    const lanes = response?.stream?.flatMap(({ events }) => events.map(({ json }) => Object(json).stream_id));
    assert.equal(new Set(lanes).size, 1);
  }
});
