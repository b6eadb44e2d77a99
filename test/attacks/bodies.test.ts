import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { limits } from '../../src/config/limits.ts';
import { envelope, openSocket, type Reply, send } from '../http/send.ts';
import { connectSocket, errorMessage, textOf } from '../websocket/connect-socket.ts';
import { type Arena, startArena } from './arena.ts';

const mebibyte = 1024 * 1024;

/** Returns a list of the given size in bytes that repeats one element. */
function fill(element: string, bytes: number): string {
  const count = Math.floor(bytes / (element.length + 1));
  return `[${`${element},`.repeat(count - 1)}${element}]`;
}

const responses = '/v1/responses';
const chat = '/v1/chat/completions';
const message = '{"role":"user","content":"a"}';
const tooMany = `The request body has more than ${limits.bodyValues} JSON values.`;
const tooDeep = `The request body is nested more than ${limits.bodyLevels} levels deep.`;
const usage = (fields: string): string => `{"store":false,${fields}}`;

/** Bodies of about 31 MB, which gzip compresses to 30 to 130 KB each. */
const bombs: [name: string, path: string, body: string, status: number, reply: object][] = [
  [
    'empty strings: blocked the event loop for 100 s, then exhausted the heap',
    responses,
    `{"input":${fill('""', 31 * mebibyte)}}`,
    413,
    envelope('request_too_large', tooMany),
  ],
  [
    'messages: 12 s of CPU and 1.5 GB',
    responses,
    `{"input":${fill(message, 31 * mebibyte)}}`,
    413,
    envelope('request_too_large', tooMany),
  ],
  ['chat messages', chat, `{"messages":${fill(message, 31 * mebibyte)}}`, 413, envelope('request_too_large', tooMany)],
  [
    'parts of one message',
    '/v1/responses/input_tokens',
    `{"input":[{"role":"user","content":${fill('"a"', 31 * mebibyte)}}]}`,
    413,
    envelope('request_too_large', tooMany),
  ],
  [
    'an unknown field',
    '/v1/conversations',
    `{"unknown":${fill('{}', 31 * mebibyte)}}`,
    413,
    envelope('request_too_large', tooMany),
  ],
  ['brackets', responses, `{"input":${'['.repeat(31 * mebibyte)}`, 400, envelope('invalid_value', tooDeep)],
  ['objects in objects', chat, '{"a":'.repeat(6 * mebibyte), 400, envelope('invalid_value', tooDeep)],
];

describe('a small compressed body that becomes millions of values', () => {
  let arena: Arena;
  before(async () => {
    arena = await startArena();
  });
  after(() => arena[Symbol.asyncDispose]());

  for (const [name, path, body, status, expected] of bombs) {
    test(name, async () => {
      const headers = { 'content-encoding': 'gzip' };
      const reply = await send(arena.server.url + path, { body: gzipSync(body), headers });
      assert.deepEqual([reply.status, reply.json], [status, expected]);
    });
  }

  test('as a message of a WebSocket is refused, and the connection stays usable', async () => {
    await using client = await connectSocket(arena.server.url);
    const frame = (body: string): string => `{"type":"response.create","store":false,"input":${body}}`;
    client.send(frame(fill('""', 31 * mebibyte)));
    const many = `The WebSocket message has more than ${limits.bodyValues} JSON values.`;
    assert.deepEqual(await client.rest(), [errorMessage(413, 'request_too_large', many)]);
    client.send(frame('['.repeat(31 * mebibyte)));
    const deep = `The WebSocket message is nested more than ${limits.bodyLevels} levels deep.`;
    assert.deepEqual(await client.rest(), [errorMessage(400, 'invalid_value', deep)]);
    assert.equal(textOf(await client.create({ input: '/say Fine.' })), 'Fine.');
  });

  test('harms no bystander', async () => {
    await arena.assertUnharmed();
  });
});

describe('the largest accepted bodies', () => {
  let arena: Arena;
  before(async () => {
    arena = await startArena();
  });
  after(() => arena[Symbol.asyncDispose]());

  const values = limits.bodyValues - 10;
  const good = (element: string, count: number): string => `${`${element},`.repeat(count)}`;

  for (const [name, path, body, expected] of [
    ['of the maximum number of strings', responses, usage(`"input":[${good('""', values)}"/say read"]`), 200],
    ['of the maximum number of messages', responses, usage(`"input":[${good(message, values / 3)}"/say read"]`), 200],
    [
      'whose last element is wrong: took 3 s for 66,000 messages',
      responses,
      `{"input":[${good(message, values / 3)}{"type":"function_call"}]}`,
      400,
    ],
    ['of wrong elements only', responses, `{"input":[${good('7', values)}7]}`, 400],
    ['of an endless name', chat, `{"messages":[],"metadata":{"${'k'.repeat(31 * mebibyte)}":7}}`, 400],
    ['of one text', chat, usage(`"messages":[{"role":"user","content":"${'a'.repeat(31 * mebibyte)}"}]`), 200],
    ['of one text of escapes', chat, `{"x":"${'\\ud800'.repeat(5 * mebibyte)}","messages":[${message}]}`, 200],
    ['of one number', chat, `{"x":${'1'.repeat(31 * mebibyte)},"messages":[${message}]}`, 200],
  ] as const) {
    test(name, async () => {
      const reply = await send(arena.server.url + path, { body });
      assert.equal(reply.status, expected, reply.text.slice(0, 500));
      assert.ok(reply.text.length < 100_000, `a reply of ${reply.text.length} characters`);
    });
  }

  test('a valid history of 10,000 items and 32 MB is answered', async () => {
    const text = 'A line of what the tool printed.\n'.repeat(92);
    const input = Array.from({ length: 10_000 }, (_, index) =>
      index % 2 === 0
        ? { role: 'user', content: [{ type: 'input_text', text }] }
        : { role: 'assistant', content: [{ type: 'output_text', text }] },
    );
    const reply = await send(arena.server.url + responses, { body: { store: false, input } });
    assert.equal(reply.status, 200, reply.text.slice(0, 500));
  });

  test('harm no bystander', async () => {
    await arena.assertUnharmed();
  });
});

/** The status of a reply; `undefined` when the client timed out. */
const statusOf = (reply: Promise<Reply>, patienceMs: number): Promise<number | undefined> =>
  Promise.race([reply.then(({ status }) => status).catch(() => undefined), delay(patienceMs, undefined)]);

describe('many large bodies at once', () => {
  test('200 of 31 MB, each 30 KB of gzip, took 6.8 GB', async () => {
    await using arena = await startArena();
    const body = gzipSync(usage(`"input":7,"unknown":"${'a'.repeat(31 * mebibyte)}"`));
    const headers = { 'content-encoding': 'gzip' };
    const attack = Array.from({ length: 200 }, () =>
      statusOf(send(arena.server.url + responses, { body, headers }), 6000),
    );
    const statuses = await Promise.all(attack);
    const counts = Object.groupBy(statuses, (status) => `${status}`);
    assert.deepEqual(
      Object.keys(counts).filter((status) => !['400', '429', 'undefined'].includes(status)),
      [],
    );
    assert.ok((counts['400']?.length ?? 0) > 0, 'none was read');
    await arena.assertUnharmed();
  });

  test('clients that drip large bodies lose their slot, and those that disconnect release it', async () => {
    await using arena = await startArena({ settings: { API_SERVER_MAX_LARGE_BODIES: '2' } });
    const head = `POST ${responses} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const drips = Array.from({ length: 4 }, () => {
      const socket = openSocket(arena.server.url);
      socket.on('error', () => undefined);
      socket.write(`${head}Content-Length: ${10 * mebibyte}\r\n\r\n{"input":"${'a'.repeat(mebibyte)}`);
      return socket;
    });
    await delay(500);
    const body = JSON.stringify({ store: false, input: `/say read ${'a'.repeat(mebibyte)}` });
    const waiting = send(arena.server.url + responses, { body });
    assert.equal(await statusOf(waiting, 300), undefined, 'a place was free');
    for (const socket of drips) {
      socket.destroy();
      if (!socket.closed) await once(socket, 'close');
    }
    assert.equal((await waiting).status, 200);
    await arena.assertUnharmed();
  });
});
