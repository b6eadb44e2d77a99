import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { checkedFetch } from '../helpers/contract-check.ts';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { envelope, openSocket, send } from './send.ts';
import { dataOf, open, readText } from './stream-reader.ts';

/** Resolves once the server takes no new connection. */
async function refusesConnections({ url }: TestProcess): Promise<void> {
  for (;;) {
    const socket = openSocket(url);
    const refused = await Promise.race([
      once(socket, 'connect').then(() => false),
      once(socket, 'error').then(() => true),
    ]).catch(() => true);
    socket.destroy();
    if (refused) return;
  }
}

// Each has a process of its own, and mostly waits.
describe('a server that stops', { concurrency: 3 }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`by ${signal} accepts no more connections, lets a running stream end, and exits with 0`, async () => {
      await using server = await spawnTalaria();
      const incoming = await open(`${server.url}/v1/responses`, { input: '/tokens 40 delay 20ms', stream: true });
      const text = readText(incoming);
      const exit = server.kill(signal);
      await refusesConnections(server);
      const events = dataOf(await text);
      assert.equal(events.at(-1), '[DONE]');
      assert.equal(JSON.parse(events.at(-2) ?? '').type, 'response.completed');
      assert.equal(await exit, 0);
      assert.match(server.stderr(), new RegExp(`"signal":"${signal}","msg":"stopping"`));
    });
  }

  test('lets a running plain request end too', async () => {
    await using server = await spawnTalaria();
    const asked = send(`${server.url}/v1/responses`, { body: { input: '/wait 500ms\n/say in time' } });
    await wasRead(server);
    const exit = server.kill('SIGTERM');
    const reply = await asked;
    assert.equal(reply.status, 200);
    assert.match(reply.text, /in time/);
    assert.equal(await exit, 0);
  });

  test('ends a response that takes too long with response.failed and [DONE]', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    const incoming = await open(`${server.url}/v1/responses`, { input: '/tokens 5000 delay 10ms', stream: true });
    const text = readText(incoming);
    const started = performance.now();
    const exit = server.kill('SIGTERM');
    const events = dataOf(await text);
    assert.equal(events.at(-1), '[DONE]');
    const last = JSON.parse(events.at(-2) ?? '');
    assert.equal(last.type, 'response.failed');
    assert.equal(last.response.status, 'failed');
    assert.equal(last.response.error.message, 'The server is shutting down.');
    assert.equal(await exit, 0);
    assert.ok(performance.now() - started < 3000);
  });

  test('ends a chat stream that takes too long with an error, and without [DONE]', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    const messages = [{ role: 'user', content: '/tokens 5000 delay 10ms' }];
    const incoming = await open(`${server.url}/v1/chat/completions`, { messages, stream: true });
    const text = readText(incoming);
    const exit = server.kill('SIGTERM');
    const last = JSON.parse(dataOf(await text).at(-1) ?? '');
    assert.equal(last.error.code, 'server_shutting_down');
    assert.equal(await exit, 0);
  });

  test('ends a plain request that takes too long with a 503', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '300' });
    const asked = send(`${server.url}/v1/chat/completions`, {
      body: { messages: [{ role: 'user', content: '/wait 50000ms' }] },
    });
    await wasRead(server);
    const exit = server.kill('SIGTERM');
    const reply = await asked;
    assert.equal(reply.status, 503);
    assert.match(reply.text, /"code":"server_shutting_down"/);
    assert.equal(await exit, 0);
  });

  test('disconnects a client that never reads its stream', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    const incoming = await open(`${server.url}/v1/responses`, { input: '/tokens 100000', stream: true });
    incoming.pause();
    incoming.on('error', () => undefined);
    const started = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - started < 5000);
    incoming.destroy();
  });

  test('is not blocked by an idle keep-alive connection', async () => {
    await using server = await spawnTalaria();
    using agent = Object.assign(new Agent({ keepAlive: true }), { [Symbol.dispose]: () => agent.destroy() });
    const request = get(`${server.url}/health`, { agent });
    const [reply] = await once(request, 'response');
    reply.resume();
    await once(reply, 'end');
    const started = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - started < 5000, 'far below the ten seconds that running requests get');
  });

  test('is not blocked by a refused connection left half open', async () => {
    await using server = await spawnTalaria();
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.resume().write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(socket, 'end');
    const started = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - started < 5000);
    socket.destroy();
  });

  test('is not blocked by a client that sends half a request', async () => {
    await using server = await spawnTalaria({ API_SERVER_SHUTDOWN_MS: '200' });
    const socket = openSocket(server.url);
    socket.on('error', () => undefined);
    socket.write('POST /v1/responses HTTP/1.1\r\nHost: localhost\r\n');
    socket.write('Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{');
    await send(`${server.url}/health`);
    const started = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - started < 4000);
    socket.destroy();
  });

  test('serves requests while it drains, is not ready, and closes each connection after its reply', async () => {
    await using server = await spawnTalaria({ API_SERVER_DRAIN_MS: '60000' });
    const before = await fetch(`${server.url}/ready`);
    assert.equal(before.status, 200);
    await before.text();
    const exit = server.kill('SIGTERM');
    const isReady = async () => (await checkedFetch(`${server.url}/ready`)).status === 200;
    await waitUntil(async () => !(await isReady()));
    const ready = await send(`${server.url}/ready`);
    assert.equal(ready.status, 503);
    assert.deepEqual(
      ready.json,
      envelope('server_shutting_down', 'The server is shutting down.', null, 'server_error'),
    );
    const body = { input: '/say still here' };
    for (const more of [{}, { stream: true }, { background: true }, { input: [{ role: 'x' }] }]) {
      const incoming = await open(`${server.url}/v1/responses`, { ...body, ...more });
      assert.equal(incoming.headers.connection, 'close');
      assert.equal(incoming.statusCode, 'input' in more ? 400 : 200);
      await readText(incoming);
    }
    assert.equal((await send(`${server.url}/health`)).status, 200);
    assert.equal(await server.kill('SIGINT'), 'SIGINT', 'a second signal ends it');
    await exit;
  });

  test('serves a request on a connection that was idle when draining started', async () => {
    await using server = await spawnTalaria({ API_SERVER_DRAIN_MS: '1000' });
    const socket = openSocket(server.url);
    const request = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(request);
    await once(socket, 'data');
    const exit = server.kill('SIGTERM');
    await waitUntil(async () => (await fetch(`${server.url}/ready`)).status === 503);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(request);
    await once(socket, 'close');
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n.*\r\nConnection: close\r\n/s);
    assert.equal(await exit, 0);
  });

  test('does not drain at Ctrl+C', async () => {
    await using server = await spawnTalaria({ API_SERVER_DRAIN_MS: '60000' });
    assert.equal(await server.kill('SIGINT'), 0);
  });

  test('ends at once at a second signal', async () => {
    await using server = await spawnTalaria();
    const incoming = await open(`${server.url}/v1/responses`, { input: '/tokens 5000 delay 10ms', stream: true });
    incoming.on('error', () => undefined).resume();
    const exit = server.kill('SIGTERM');
    await refusesConnections(server);
    assert.equal(await server.kill('SIGTERM'), 'SIGTERM');
    await exit;
  });

  /** A request sent before this one has been read once this one is answered: one thread reads both. */
  async function wasRead({ url }: TestProcess): Promise<void> {
    assert.equal((await send(`${url}/health`)).status, 200);
  }
});

describe('a server in this process', () => {
  test('leaves nothing open once disposed: the process exits', async () => {
    const helper = new URL('../helpers/talaria.ts', import.meta.url).href;
    const script = `import { startTalaria } from ${JSON.stringify(helper)};
      const server = await startTalaria();
      for (const stream of [true, false]) {
        const body = JSON.stringify({ input: '/tokens 5', stream });
        const headers = { 'content-type': 'application/json' };
        const reply = await fetch(server.url + '/v1/responses', { method: 'POST', body, headers });
        await reply.text();
      }
      await server[Symbol.asyncDispose]();
      process.stdout.write('disposed');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = await once(child.stdout, 'data');
    assert.equal(String(text), 'disposed');
    const disposed = performance.now();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.ok(performance.now() - disposed < 1000);
  });

  test('can be disposed twice', async () => {
    const server = await startTalaria();
    await server[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test('frees its port', async () => {
    const server = await startTalaria();
    await server[Symbol.asyncDispose]();
    await using again = await startTalaria({ API_SERVER_PORT: new URL(server.url).port });
    assert.equal(again.url, server.url);
  });
});
