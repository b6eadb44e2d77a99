import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { connectSocket, errorMessage, textOf } from './connect-socket.ts';
import { startSocketServer } from './start-socket-server.ts';

const stopping = errorMessage(503, 'server_shutting_down', 'The server is shutting down.');

describe('a client that disconnects', () => {
  for (const [name, how] of [
    ['without a close frame (Codex: 1006)', 'terminate'],
    ['with a close frame', 'close'],
  ] as const) {
    test(`${name} in the middle of a turn stops the agent`, async () => {
      await using upstream = await startUpstream();
      await using server = await startTalaria({ AGENT_URL: upstream.url });
      await using client = await connectSocket(server.url);
      client.send({ type: 'response.create', model: 'test-model', store: false, input: 'slow 1000x20ms' });
      client.send({ type: 'response.create', model: 'test-model', store: false, input: 'say never' });
      while ((await client.next()).type !== 'response.output_text.delta');
      const closed = upstream.nextClose();
      client.socket[how]();
      assert.equal((await closed).finished, false);
      assert.equal(upstream.requests.length, 1, 'the turn that waited was not begun');
    });
  }

  test('before the agent has answered stops it too', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    await using client = await connectSocket(server.url);
    const asked = upstream.nextRequest();
    client.send({ type: 'response.create', model: 'test-model', store: false, input: 'hang' });
    await asked;
    const closed = upstream.nextClose();
    client.socket.terminate();
    assert.equal((await closed).finished, false);
  });

  test('leaves a stored response as cancelled, with the output it was sent', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/tokens 1000 delay 5ms' });
    const { response } = await client.next();
    while ((await client.next()).type !== 'response.output_text.delta');
    client.socket.terminate();
    await client.closed;
    for (;;) {
      const kept = await server.openai.responses.retrieve(response.id).catch(() => undefined);
      if (kept) {
        assert.equal(kept.status, 'cancelled');
        return;
      }
    }
  });

  test('with a proper close is answered with its code', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    client.socket.close(1000);
    assert.equal(await client.closed, 1000);
  });

  test('that breaks the protocol is closed with the code that says so, and others go on', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    await using other = await connectSocket(server.url);
    // Reserved bits without an extension. The library cannot send them.
    const { _socket: wire } = client.socket as unknown as { _socket: NodeJS.WritableStream };
    wire.write(Buffer.from([0xf1, 0x80, 0, 0, 0, 0]));
    assert.equal(await client.closed, 1002);
    assert.equal(textOf(await other.create({ input: '/say Unharmed.' })), 'Unharmed.');
  });
});

describe('a server that stops', () => {
  test('closes an idle connection at once with 1001, and is not held by it', async () => {
    await using server = await spawnTalaria();
    await using client = await connectSocket(server.url);
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
    const started = performance.now();
    const exit = server.kill('SIGTERM');
    assert.equal(await client.closed, 1001);
    assert.equal(await exit, 0);
    assert.ok(performance.now() - started < 3000, 'far below the ten seconds that running turns get');
    assert.equal(client.waiting, 0);
  });

  test('lets a running turn end, refuses waiting frames with one envelope, then closes with 1001', async () => {
    await using server = await startSocketServer();
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/wait 300ms\n/say in time' });
    assert.equal((await client.next()).type, 'response.created');
    for (const input of ['second', 'third']) client.send({ type: 'response.create', store: false, input });
    // The pong follows the frames sent before the ping, which are queued by then.
    client.socket.ping();
    await once(client.socket, 'pong');
    server.drain();
    assert.equal(textOf(await client.rest()), 'in time');
    assert.deepEqual(await client.rest(), [stopping]);
    assert.equal(await client.closed, 1001);
    assert.equal(client.waiting, 0);
  });

  test('ends a turn that takes too long with response.failed, then closes with 1001 (L17)', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/tokens 5000 delay 10ms' });
    while ((await client.next()).type !== 'response.output_text.delta');
    const exit = server.kill('SIGTERM');
    const { type, response } = (await client.rest()).at(-1);
    assert.equal(type, 'response.failed');
    assert.equal(response.error.message, 'The server is shutting down.');
    assert.equal(await client.closed, 1001);
    assert.equal(await exit, 0);
    assert.equal(client.waiting, 0);
  });

  test('cuts off a client that does not read its last events', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', store: false, input: '/tokens 100000' });
    assert.equal((await client.next()).type, 'response.created');
    client.socket.pause();
    const started = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - started < 5000);
  });

  test('refuses a connection that comes too late with a 503', async () => {
    await using server = await startSocketServer();
    server.drain();
    await assert.rejects(connectSocket(server.url), { message: 'Unexpected server response: 503' });
  });

  test('aborting twice, or after the deadline, does nothing more', async () => {
    await using server = await startSocketServer();
    await using client = await connectSocket(server.url);
    server.drain();
    server.drain();
    server.shutDown();
    assert.equal(await client.closed, 1001);
    assert.equal(client.waiting, 0);
  });
});
