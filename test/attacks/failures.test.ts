import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { limits } from '../../src/config/limits.ts';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import type { Upstream } from '../helpers/upstream.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type Arena, startArena } from './arena.ts';
import { place, reason, startFailingUpstream } from './failing-upstream.ts';

interface Line {
  level: number;
  msg: string;
  [field: string]: unknown;
}

const readLines = (server: TestProcess): Line[] =>
  server
    .stderr()
    .split('\n')
    .flatMap((text) => (text.startsWith('{') ? [JSON.parse(text)] : []));

interface Attack {
  path: string;
  body: object;
  key?: string;
}

async function send(server: TestProcess, { path, body, key }: Attack) {
  const headers = { 'content-type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const responses = { path: '/v1/responses', body: { model: 'm', input: 'fail' } };
const chat = { path: '/v1/chat/completions', body: { model: 'm', messages: [{ role: 'user', content: 'fail' }] } };
const withBody = (attack: Attack, fields: object): Attack => ({ ...attack, body: { ...attack.body, ...fields } });

/**
 * Before: only the first and the sixth request logged an error with its reason; all others logged only `status 200`.
 */
const attacks: [name: string, attack: Attack, status: number][] = [
  ['a plain response', responses, 502],
  ['a streamed response', withBody(responses, { stream: true }), 200],
  ['a streamed response that is not stored', withBody(responses, { stream: true, store: false }), 200],
  ['a response in the background', withBody(responses, { background: true }), 200],
  ['a response with a key', { ...responses, key: 'plain' }, 502],
  ['a plain chat completion', chat, 502],
  ['a streamed response with a key', { ...withBody(responses, { stream: true }), key: 'streamed' }, 200],
  ['a streamed chat completion', withBody(chat, { stream: true }), 200],
  ['a chat completion with a key', { ...chat, key: 'chat' }, 502],
  ['a streamed chat completion with a key', { ...withBody(chat, { stream: true }), key: 'chat-streamed' }, 200],
  ['a chat completion with two choices', withBody(chat, { n: 2 }), 502],
];

describe('a run whose upstream fails after its first token', () => {
  let upstream: Upstream;
  let arena: Arena;
  before(async () => {
    upstream = await startFailingUpstream();
    arena = await startArena({ settings: { AGENT_URL: upstream.url } });
  });
  after(async () => {
    await arena[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const endsSince = (start: number) =>
    readLines(arena.server)
      .slice(start)
      .filter(({ msg }) => msg === 'run ended');

  for (const [name, attack, status] of attacks) {
    it(`leaves one error line with the upstream’s reason: ${name}`, async () => {
      const start = readLines(arena.server).length;
      const reply = await send(arena.server, attack);
      assert.equal(reply.status, status, reply.text);
      assert.equal(reply.text.includes(reason), !name.endsWith('in the background'), 'the client is told the reason');
      assert.ok(!reply.text.includes(place), 'the place is the operator’s');
      await waitUntil(() => endsSince(start).length > 0, 'the line of the run');
      await pause(50);
      const lines = readLines(arena.server).slice(start);
      assert.equal(lines.filter(({ level }) => level >= 50).length, 1, 'one error line');
      const [line = assert.fail(), ...others] = endsSince(start);
      assert.deepEqual(others, []);
      assert.deepEqual([line['outcome'], line['code'], line['model']], ['failed', 'upstream_error', 'm']);
      assert.ok(JSON.stringify(line['err']).includes(`${reason} at ${place}`));
      assert.match(String(line['run']), /^(resp_|chatcmpl-)/);
      assert.match(String(line['requestId']), /^req_/);
      assert.equal(typeof line['milliseconds'], 'number');
      assert.equal(typeof line['firstTokenMs'], 'number');
    });
  }

  it('leaves one on a WebSocket too, without repeating it in the line of the socket', async () => {
    const start = readLines(arena.server).length;
    const socket = new WebSocket(`${arena.server.url.replace('http', 'ws')}/v1/responses`);
    const codes: unknown[] = [];
    socket.on('message', (data) => {
      const event = JSON.parse(`${data}`);
      if (event.type === 'response.failed') codes.push(event.response.error.code);
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'fail' }));
    await waitUntil(() => codes.length > 0, 'the terminal event');
    assert.deepEqual(codes, ['upstream_error']);
    const turnLine = () =>
      readLines(arena.server)
        .slice(start)
        .find(({ msg }) => msg.startsWith('websocket turn'));
    await waitUntil(() => turnLine() !== undefined, 'the line of the turn');
    socket.terminate();
    assert.deepEqual([turnLine()?.level, turnLine()?.['code']], [30, 'upstream_error']);
    const [line, ...others] = endsSince(start);
    assert.deepEqual([line?.level, others.length], [50, 0]);
    assert.match(JSON.stringify(line), new RegExp(reason));
  });

  it('has the code of a plain reply live, replayed, stored, and under its key', async () => {
    const { text } = await send(arena.server, withBody(responses, { stream: true, background: true }));
    const events = text.split('\n').flatMap((each) => (each.startsWith('data: {') ? [JSON.parse(each.slice(6))] : []));
    const { id, error } = events.at(-1).response;
    assert.equal(error.code, 'upstream_error', 'it was server_error');
    const stored = await (await fetch(`${arena.server.url}/v1/responses/${id}`)).text();
    assert.deepEqual(JSON.parse(stored).error, error);
    const replayed = await (await fetch(`${arena.server.url}/v1/responses/${id}?stream=true`)).text();
    assert.equal(replayed, text);
    const repeated = { ...responses, key: 'repeated' };
    const [first, again] = [await send(arena.server, repeated), await send(arena.server, repeated)];
    assert.deepEqual([again.status, JSON.parse(again.text)], [first.status, JSON.parse(first.text)]);
  });

  it('harms no other client, and a run that completes leaves its line at level info', async () => {
    const start = readLines(arena.server).length;
    await send(arena.server, withBody(responses, { input: 'Hello' }));
    await waitUntil(() => endsSince(start).length > 0, 'the line of the run');
    const [line = assert.fail()] = endsSince(start);
    assert.deepEqual([line.level, line['outcome'], line['code']], [30, 'completed', undefined]);
    assert.ok(Number(line['inputTokens']) > 0 && Number(line['outputTokens']) > 0);
    const before = endsSince(0).length;
    assert.equal((await send(arena.server, withBody(responses, { input: 7 }))).status, 400);
    assert.equal(endsSince(0).length, before, 'a request that starts no run has no such line');
    await arena.assertUnharmed();
  });
});

describe('an unhandled failure', () => {
  const planted = { NODE_OPTIONS: `--import=${new URL('fail-later.ts', import.meta.url).href}`, LOG_LEVEL: 'info' };

  it('is logged with its cause and shuts the server down; before, it was printed unformatted and cut every stream', async () => {
    await using server = await spawnTalaria({ ...planted, AGENT_URL: 'offline:' });
    const body = { model: 'offline', input: '/tokens 5000 delay 20ms', stream: true };
    const reading = send(server, { path: '/v1/responses', body });
    await pause(500);
    assert.equal(await server.kill('SIGUSR2'), 1);
    const { text } = await reading;
    assert.match(text, /response\.failed/);
    assert.match(text, /server_shutting_down/);
    const [line = assert.fail(), ...others] = readLines(server).filter(({ level }) => level === 60);
    assert.deepEqual(others, []);
    // Measured by the server's clock: a process ends slowly on a busy machine.
    const milliseconds = Number(readLines(server).at(-1)?.['time']) - Number(line['time']);
    assert.ok(milliseconds < limits.guardMs, `it took ${milliseconds} ms`);
    assert.match(JSON.stringify(line['err']), /PLANTED-FAILURE.*ITS-CAUSE/);
    assert.equal(line.msg, 'unhandled failure, exiting');
  });

  it('ends the process at once the second time', async () => {
    await using server = await spawnTalaria({ ...planted, PLANTED_FAILURES: '2', AGENT_URL: 'offline:' });
    const reading = send(server, {
      path: '/v1/responses',
      body: { model: 'offline', input: '/tokens 5000 delay 20ms', stream: true },
    }).catch(() => undefined);
    await pause(500);
    assert.equal(await server.kill('SIGUSR2'), 1);
    await reading;
    assert.equal(readLines(server).filter(({ level }) => level === 60).length, 2);
  });
});
