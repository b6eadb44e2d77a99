/**
 * Clients that do not read. Before: 20 stalled readers of 20 MB streams occupied all slots of `MAX_RUNS=20` for up to
 * ten minutes, and another client waited for more than 30 s. On a WebSocket there was no limit while the client
 * pinged.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startUpstreamProcess, type UpstreamProcess } from '../helpers/upstream-process.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { openSocket, send } from '../http/send.ts';
import { open } from '../http/stream-reader.ts';
import { connectSocket } from '../websocket/connect-socket.ts';
import { type Arena, startArena } from './arena.ts';

/**
 * Well above the time that a slow reader needs to free a third of the kernel's buffer, when the kernel accepts more.
 */
const stallMs = 1_500;
const flood = 'flood 320x65536';

describe('clients that read nothing', () => {
  let upstream: UpstreamProcess;
  let arena: Arena;
  before(async () => {
    upstream = await startUpstreamProcess();
    // The bystander has one of the runs.
    const settings = {
      AGENT_URL: upstream.url,
      MAX_RUNS: '3',
      API_SERVER_STALL_MS: `${stallMs}`,
      MAX_ANSWER_BYTES: '50000000',
    };
    arena = await startArena({ settings });
  });
  after(async () => {
    await using _upstream = upstream;
    await using _arena = arena;
    await arena.assertUnharmed();
  });

  /** Asserts that another client is served once the slots are free. */
  const assertServed = async (name: string) => {
    const started = performance.now();
    const reply = await send(`${arena.server.url}/v1/responses`, { body: { input: 'say Served.' } });
    assert.equal(reply.status, 200, name);
    assert.ok(performance.now() - started < 8_000, `${name}: ${Math.round(performance.now() - started)} ms`);
  };
  const bodies: [name: string, path: string, body: object][] = [
    ['responses', '/v1/responses', { input: flood, stream: true }],
    ['unstored responses', '/v1/responses', { input: flood, stream: true, store: false }],
    ['chat', '/v1/chat/completions', { messages: [{ role: 'user', content: flood }], stream: true }],
  ];
  for (const [name, path, body] of bodies) {
    test(`release their slot after the stall time-out: ${name}`, async () => {
      const readers = await Promise.all([1, 2].map(() => open(`${arena.server.url}${path}`, body)));
      for (const reader of readers) reader.on('error', () => undefined).pause();
      await assertServed(name);
      for (const reader of readers) reader.destroy();
    });
  }

  test('release it on WebSockets too, although they ping', async () => {
    const clients = await Promise.all([1, 2].map(() => connectSocket(arena.server.url)));
    for (const { socket, send: create } of clients) {
      create({ type: 'response.create', store: false, input: flood });
      socket.pause();
    }
    const pings = setInterval(() => {
      for (const { socket } of clients) socket.ping(() => undefined);
    }, 50);
    await assertServed('websocket');
    clearInterval(pings);
    for (const { socket } of clients) socket.resume();
    await Promise.all(clients.map(({ closed }) => closed));
  });

  test('are disconnected when they do not read a plain reply of many megabytes', async () => {
    const socket = openSocket(arena.server.url);
    const body = JSON.stringify({ input: flood, store: false });
    const head = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    socket.pause().write(`POST /v1/responses HTTP/1.1\r\n${head}\r\n\r\n${body}`);
    await waitUntil(() => /"cutShort":true/.test(logOf('/v1/responses')), 'the cut');
    socket.on('error', () => undefined).resume();
    await assertServed('plain');
  });

  test('are not disconnected when they read slowly', async () => {
    const incoming = await open(`${arena.server.url}/v1/responses`, {
      input: 'flood 240x65536',
      stream: true,
      store: false,
    });
    let received = 0;
    for await (const chunk of incoming) {
      received += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(received > 240 * 65536);
  });

  const logOf = (path: string) =>
    arena.server
      .stderr()
      .split('\n')
      .filter((line) => line.includes(`"path":"${path}"`))
      .at(-1) ?? '';
});
