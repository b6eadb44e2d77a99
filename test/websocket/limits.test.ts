import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { WebSocket } from 'ws';
import type { AgentClient, AgentEventBatch } from '../../src/agent/agent-client.ts';
import { limits } from '../../src/config/limits.ts';
import { socketLimits } from '../../src/websocket/socket-limits.ts';
import { untilStill } from '../helpers/until-still.ts';
import { openSocket } from '../http/send.ts';
import { connectSocket, errorMessage, idOf, textOf, toSocketUrl } from './connect-socket.ts';
import { startSocketServer } from './start-socket-server.ts';

describe('the time limit of a connection', () => {
  test('L15: is 60 minutes', () => {
    assert.equal(limits.socketConnectionMs, 3_600_000);
    assert.equal(socketLimits.connectionMs, limits.socketConnectionMs);
  });

  const expired = (minutes: number) =>
    errorMessage(
      400,
      'websocket_connection_limit_reached',
      `This connection has been open for ${minutes} minutes. Open a new one.`,
    );

  test('N23, N25: an idle connection is sent an error envelope, and closed', async () => {
    await using server = await startSocketServer({ limits: { connectionMs: 150 } });
    await using client = await connectSocket(server.url);
    assert.deepEqual(await client.rest(), [expired(0.0025)]);
    assert.equal(await client.closed, 1001);
  });

  test('N23: a running turn ends with response.failed first, and waiting frames get one envelope', async () => {
    await using server = await startSocketServer({ limits: { connectionMs: 1500 } });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/say Begun.\n/wait 30000ms' });
    client.send({ type: 'response.create', store: false, input: 'never' });
    const turn = await client.rest();
    assert.equal(turn.at(-1).type, 'response.failed');
    assert.equal(turn.at(-1).response.error.code, 'websocket_connection_limit_reached');
    assert.deepEqual(await client.rest(), [expired(0.025)]);
    assert.equal(await client.closed, 1001);
    assert.equal(client.waiting, 0);
  });

  test('N23: a turn that had not begun gets the one envelope', async () => {
    const agent: AgentClient = {
      models: async () => [{ id: 'slow', created: 0, ownedBy: 'test' }],
      run: (_request, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      [Symbol.asyncDispose]: async () => undefined,
    };
    await using server = await startSocketServer({ agent, limits: { connectionMs: 300 } });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: 'Hello' });
    assert.deepEqual(await client.rest(), [expired(0.005)]);
    assert.equal(await client.closed, 1001);
    assert.equal(client.waiting, 0);
  });

  test('N24: a new connection continues what was stored', async () => {
    await using server = await startSocketServer({ limits: { connectionMs: 1500 } });
    await using client = await connectSocket(server.url);
    const id = idOf(await client.create({ input: 'Hello', store: true }));
    await client.closed;
    await using next = await connectSocket(server.url);
    assert.match(textOf(await next.create({ input: 'Hello', previous_response_id: id })), /Turn 2\./);
  });
});

describe('waiting frames', () => {
  const full = errorMessage(
    429,
    'rate_limit_exceeded',
    'Too many messages wait for a response. Send more when a current response has ended.',
  );

  test('are bounded in number: one too many is refused at once, those before it are answered', async () => {
    await using server = await startSocketServer({ limits: { queuedFrames: 2 } });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/wait 200ms\n/say 1' });
    assert.equal((await client.next()).type, 'response.created');
    for (const text of ['2', '3', '4']) {
      client.send({ type: 'response.create', store: false, input: `/say ${text}` });
    }
    const first = await client.rest();
    assert.deepEqual(first.at(-1), full, 'in the middle of the first answer');
    for (const text of ['1', '2', '3']) assert.equal(textOf(await client.rest()), text);
    assert.equal(textOf(await client.create({ input: '/say 5' })), '5');
  });

  test('are bounded in size: together they are no larger than one body', async () => {
    await using server = await startSocketServer({ settings: { API_SERVER_MAX_BODY_BYTES: '10000' } });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/wait 200ms\n/say 1' });
    assert.equal((await client.next()).type, 'response.created');
    for (const text of ['2', '3']) {
      client.send({ type: 'response.create', store: false, input: `/say ${text}`, instructions: 'x'.repeat(6000) });
    }
    assert.deepEqual((await client.rest()).at(-1), full);
    for (const text of ['1', '2']) assert.equal(textOf(await client.rest()), text);
  });

  test('N20: a continuation refused for this reason evicts like any other', async () => {
    await using server = await startSocketServer({ limits: { queuedFrames: 1 } });
    await using client = await connectSocket(server.url);
    const id = idOf(await client.create({ input: 'Hello' }));
    client.send({ type: 'response.create', store: false, input: '/wait 200ms\n/say 1' });
    assert.equal((await client.next()).type, 'response.created');
    client.send({ type: 'response.create', store: false, input: '/say 2' });
    client.send({ type: 'response.create', store: false, input: '/say 3', previous_response_id: id });
    client.send('not JSON');
    for (let refused = 0; refused < 2; refused++) assert.deepEqual((await client.rest()).at(-1), full);
    for (const text of ['1', '2']) assert.equal(textOf(await client.rest()), text);
    const [error] = await client.create({ input: 'Hello', previous_response_id: id });
    assert.equal(error.error.code, 'previous_response_not_found');
  });
});

test('a connection beyond the limit of the server is refused with Retry-After', async () => {
  await using server = await startSocketServer({ limits: { connections: 1 } });
  await using _open = await connectSocket(server.url);
  const refused = new WebSocket(toSocketUrl(server.url));
  const [, response] = await once(refused, 'unexpected-response');
  assert.deepEqual([response.statusCode, response.headers['retry-after']], [429, `${limits.socketRetrySeconds}`]);
  assert.equal(JSON.parse(await text(response)).error.code, 'rate_limit_exceeded');
});

describe('a message that is too large', () => {
  test('is a 413 in the envelope, and the connection closes with 1009', async () => {
    await using server = await startSocketServer({ settings: { API_SERVER_MAX_BODY_BYTES: '10000' } });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: 'x'.repeat(20_000) });
    assert.deepEqual(await client.rest(), [
      errorMessage(413, 'request_too_large', 'Message too large. Expected at most 10000 bytes.'),
    ]);
    assert.equal(await client.closed, 1009);
  });

  test('is refused by its announced size, before it has been read', async () => {
    await using server = await startSocketServer({ settings: { API_SERVER_MAX_BODY_BYTES: '10000' } });
    await using client = await connectSocket(server.url);
    const socket = openSocket(server.url);
    socket.write(
      'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await once(socket, 'data');
    // A masked text frame that announces 2^40 bytes.
    socket.write(Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]));
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /request_too_large/);
    socket.destroy();
    assert.equal(textOf(await client.create({ input: '/say Unharmed.' })), 'Unharmed.');
  });

  test('one of exactly the limit is read', async () => {
    await using server = await startSocketServer({ settings: { API_SERVER_MAX_BODY_BYTES: '10000' } });
    await using client = await connectSocket(server.url);
    const frame = JSON.stringify({ type: 'response.create', store: false, input: '/say Fits.' });
    client.send(frame + ' '.repeat(10_000 - frame.length));
    assert.equal(textOf(await client.rest()), 'Fits.');
  });
});

describe('a peer', () => {
  test('is pinged, and stays open as long as it answers', async () => {
    await using server = await startSocketServer({
      limits: { silenceMs: 250 },
      settings: { API_SERVER_KEEP_ALIVE_MS: '100' },
    });
    await using client = await connectSocket(server.url);
    for (let pings = 0; pings < 5; pings++) await once(client.socket, 'ping');
    assert.equal(textOf(await client.create({ input: '/say Here.' })), 'Here.');
  });

  test('that is silent is cut off', async () => {
    await using server = await startSocketServer({
      limits: { silenceMs: 250 },
      settings: { API_SERVER_KEEP_ALIVE_MS: '100' },
    });
    await using client = await connectSocket(server.url, { autoPong: false });
    const started = performance.now();
    assert.equal(await client.closed, 1006);
    assert.ok(performance.now() - started >= 250);
  });

  test('that never answers a close is cut off', async () => {
    await using server = await startSocketServer({ limits: { connectionMs: 100, closeMs: 200 } });
    const socket = openSocket(server.url);
    socket.write(
      'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    socket.resume();
    await once(socket, 'close');
  });
});

describe('a client that does not read', () => {
  /** An agent that sends a kilobyte at a time forever, ignores aborts, and counts. */
  function createTalker() {
    let said = 0;
    const stopped = Promise.withResolvers<void>();
    async function* talk(): AsyncGenerator<AgentEventBatch> {
      try {
        yield [{ type: 'text-start' }];
        for (;;) {
          said += 1;
          yield [{ type: 'text-delta', text: 'x'.repeat(1024) }];
          // Yields to the sockets, as reading from an upstream does.
          await new Promise(setImmediate);
        }
      } finally {
        stopped.resolve();
      }
    }
    const agent: AgentClient = {
      models: async () => [{ id: 'talker', created: 0, ownedBy: 'test' }],
      run: async () => talk(),
      [Symbol.asyncDispose]: async () => undefined,
    };
    return { agent, stopped: stopped.promise, said: () => said };
  }

  test('pauses its run instead of filling memory, and the run stops when it goes', async () => {
    const talker = createTalker();
    await using server = await startSocketServer({ agent: talker.agent, limits: { bufferedBytes: 64 * 1024 } });
    await using client = await connectSocket(server.url);
    client.socket.pause();
    client.send({ type: 'response.create', store: false, input: 'Talk!' });
    // The kernel buffers some megabytes, then writes block.
    const before = await untilStill(talker.said);
    assert.ok(before < 50_000, `${before} kilobytes were taken from the agent`);
    client.socket.terminate();
    await talker.stopped;
    assert.ok(talker.said() < before + 1000);
  });
});
