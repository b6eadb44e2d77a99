import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { envelope, exchange, openSocket, send } from '../send.ts';

const mebibyte = 1024 * 1024;
const unreadable = envelope('invalid_json', 'The request body could not be read or decoded.');
const badJson = envelope('invalid_json', 'Invalid JSON in request body');

describe('a request body', () => {
  let server: TestServer;
  let url: string;
  before(async () => {
    server = await startTalaria();
    url = `${server.url}/v1/responses`;
  });
  after(() => server[Symbol.asyncDispose]());

  /** What the agent was told, as far as its reply quotes it. */
  const ask = async (body: unknown, headers: Record<string, string> = {}) => {
    const reply = await send(url, { body, headers });
    assert.equal(reply.status, 200, reply.text);
    return reply.text;
  };

  const codings: [coding: string, encode: (text: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['GZIP', gzipSync],
    ['identity', Buffer.from],
  ];
  for (const [coding, encode] of codings) {
    test(`is decoded from ${coding}`, async () => {
      const body = encode(JSON.stringify({ input: `/say sent as ${coding}` }));
      assert.match(await ask(body, { 'content-encoding': coding }), new RegExp(`sent as ${coding}`));
    });
  }

  test('with an empty Content-Encoding is taken as it is', async () => {
    await ask({ input: 'Hi' }, { 'content-encoding': '' });
  });

  for (const coding of ['compress', 'gzip, br', 'constructor', '__proto__']) {
    test(`in the coding ${JSON.stringify(coding)} is a 415 that lists the known ones`, async () => {
      const reply = await send(url, { body: { input: 'Hi' }, headers: { 'content-encoding': coding } });
      assert.equal(reply.status, 415);
      const message = `Unknown Content-Encoding '${coding}': use one of gzip, x-gzip, deflate, br, zstd.`;
      assert.deepEqual(reply.json, envelope('unsupported_media_type', message));
    });
  }

  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=UTF-8']) {
    test(`is JSON as ${type}`, async () => {
      await ask({ input: 'Hi' }, { 'content-type': type });
    });
  }

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonl',
  ]) {
    test(`of type ${type} is a 415: a web form can't run the agent`, async () => {
      const reply = await send(url, { body: '{"input":"Hi"}', headers: { 'content-type': type } });
      assert.equal(reply.status, 415);
      const sent = type.split(';')[0];
      const message = `The request body must be JSON: send 'Content-Type: application/json' instead of '${sent}'.`;
      assert.deepEqual(reply.json, envelope('unsupported_media_type', message));
    });
  }

  test('without a type is a 415', async () => {
    const body = '{"input":"Hi"}';
    const reply = await exchange(
      server.url,
      `POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    assert.match(reply, /^HTTP\/1\.1 415 /);
    assert.match(reply, /send 'Content-Type: application\/json'\./);
  });

  for (const [name, text] of [
    ['truncated', '{"input":"Hi"'],
    ['text', 'Hello'],
    ['empty', ''],
    ['blank', ' \n'],
    ['followed by more', '{"input":"Hi"}{}'],
    ['with a trailing comma', '{"input":"Hi",}'],
    ['in single quotes', "{'input':'Hi'}"],
    ['with a bare NaN', '{"input":"Hi","temperature":NaN}'],
  ] as const) {
    test(`that is ${name} is a 400 "Invalid JSON in request body"`, async () => {
      const reply = await send(url, { body: text });
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.json, badJson);
    });
  }

  test('that is missing is a 400 too', async () => {
    const reply = await send(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    assert.equal(reply.status, 400);
    assert.deepEqual(reply.json, badJson);
  });

  test('that does not decode is a 400, with no word of the decoder', async () => {
    for (const coding of ['gzip', 'deflate', 'br', 'zstd']) {
      const reply = await send(url, { body: '{"input":"Hi"}', headers: { 'content-encoding': coding } });
      assert.equal(reply.status, 400, coding);
      assert.deepEqual(reply.json, unreadable);
    }
  });

  test('whose compressed form is cut off is a 400', async () => {
    const whole = gzipSync(JSON.stringify({ input: 'x'.repeat(1000) }));
    const reply = await send(url, { body: whole.subarray(0, -8), headers: { 'content-encoding': 'gzip' } });
    assert.equal(reply.status, 400);
    assert.deepEqual(reply.json, unreadable);
  });

  test('in bytes that are not UTF-8 is read with replacement characters, as fetch reads it', async () => {
    const body = Buffer.concat([Buffer.from('{"input":"/say caf'), Buffer.from([0xe9]), Buffer.from('!"}')]);
    assert.match(await ask(body), /caf\ufffd!/);
  });

  test('may begin with a byte order mark', async () => {
    await ask(Buffer.from('\ufeff{"input":"Hi"}'));
  });

  test('may come in chunks that split characters', async () => {
    const bytes = Buffer.from('{"input":"/say größer 😀 done"}');
    const chunks = Array.from(bytes, (byte) => Buffer.from([byte]));
    assert.match(await ask(chunks), /größer 😀 done/);
  });

  for (const size of [100 * 1024 + 1, 5 * mebibyte + 1]) {
    test(`of ${size} bytes reaches the agent: histories and images are large`, async () => {
      const image = `data:image/png;base64,${'A'.repeat(size)}`;
      const content = [
        { type: 'input_image', image_url: image },
        { type: 'input_text', text: '/say large and read' },
      ];
      assert.match(await ask({ input: [{ role: 'user', content }] }), /large and read/);
    });
  }

  test('of a request that the client breaks off does no harm', async () => {
    const socket = openSocket(server.url);
    socket.write('POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 100\r\n\r\n{"input":');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    await ask({ input: 'Still there?' });
  });
});

describe('the limit of a body', () => {
  const maxBytes = 10_000;
  const tooLarge = envelope('request_too_large', `The request body is larger than ${maxBytes} bytes.`);
  let server: TestServer;
  let url: string;
  before(async () => {
    server = await startTalaria({ API_SERVER_MAX_BODY_BYTES: `${maxBytes}` });
    url = `${server.url}/v1/responses`;
  });
  after(() => server[Symbol.asyncDispose]());

  const bodyOf = (size: number): string => {
    const frame = JSON.stringify({ input: '' }).length;
    return JSON.stringify({ input: 'x'.repeat(size - frame) });
  };

  test('lets through a body of just that size, and refuses one byte more with a 413', async () => {
    assert.equal((await send(url, { body: bodyOf(maxBytes) })).status, 200);
    const reply = await send(url, { body: bodyOf(maxBytes + 1) });
    assert.equal(reply.status, 413);
    assert.deepEqual(reply.json, tooLarge);
    assert.equal(reply.headers.connection, 'close', 'the rest of the body must not be taken for a next request');
  });

  test('refuses by the declared length, before a byte of the body is sent', async () => {
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': maxBytes + 1 },
    });
    outgoing.flushHeaders();
    const [reply] = await once(outgoing, 'response');
    assert.equal(reply.statusCode, 413);
    outgoing.destroy();
  });

  test('counts a body that declares no length', async () => {
    const half = Buffer.from('x'.repeat(maxBytes / 2));
    const reply = await send(url, { body: [Buffer.from('{"input":"'), half, half, Buffer.from('"}')] });
    assert.equal(reply.status, 413);
    assert.deepEqual(reply.json, tooLarge);
  });

  test('counts what a compressed body decodes to: a gzip bomb is refused', async () => {
    const bomb = JSON.stringify({ input: 'x'.repeat(2 * mebibyte) });
    for (const [coding, bytes] of [
      ['gzip', gzipSync(bomb)],
      ['deflate', deflateSync(bomb)],
      ['br', brotliCompressSync(bomb)],
      ['zstd', zstdCompressSync(bomb)],
    ] as const) {
      const reply = await send(url, { body: bytes, headers: { 'content-encoding': coding } });
      assert.equal(reply.status, 413, coding);
      assert.deepEqual(reply.json, tooLarge);
    }
  });

  test('a bomb is not unpacked past the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * mebibyte, 0x20));
    const before = process.memoryUsage();
    assert.equal(
      (await send(url, { body: bomb.subarray(0, 9000), headers: { 'content-encoding': 'gzip' } })).status,
      413,
    );
    const grown = process.memoryUsage().arrayBuffers - before.arrayBuffers;
    assert.ok(grown < 5 * mebibyte, `${grown} bytes of buffers more`);
  });
});

test('a body reaches the agent just as it was sent: no default is written into it', async () => {
  await using upstream = await startUpstream();
  await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_MODEL: 'test-model' });
  const messages = [{ role: 'user', content: 'Hi' }];
  const reply = await send(`${server.url}/v1/chat/completions`, { body: { messages } });
  assert.equal(reply.status, 200);
  const sent = upstream.requests.find(({ path }) => path === '/v1/chat/completions');
  assert.deepEqual(sent?.body, {
    model: 'test-model',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('fields that no contract names are accepted and never leak upstream', async () => {
  await using upstream = await startUpstream();
  await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_MODEL: 'test-model' });
  const odd = { x_internal: 'secret', nested: { deep: [1] }, default: 7, __proto__: null };
  const body = { ...odd, messages: [{ role: 'user', content: 'Hi', x_secret: 1 }], temperature: 0.5, top_p: null };
  assert.equal((await send(`${server.url}/v1/chat/completions`, { body })).status, 200);
  const sent = upstream.requests.find(({ path }) => path === '/v1/chat/completions');
  assert.deepEqual(sent?.body, {
    model: 'test-model',
    messages: [{ role: 'user', content: 'Hi' }],
    temperature: 0.5,
    stream: true,
    stream_options: { include_usage: true },
  });
});
