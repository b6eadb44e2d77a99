import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { limits } from '../../../src/config/limits.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { envelope, exchange, openSocket, send } from '../send.ts';

const mebibyte = 1024 * 1024;
const unreadable = envelope('invalid_json', 'The request body could not be read or decoded.');
const badJson = envelope('invalid_json', 'Invalid JSON in request body');

/** Of this process, since then. */
const microseconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};

describe('a request body', () => {
  let server: TestServer;
  let url: string;
  before(async () => {
    server = await startTalaria();
    url = `${server.url}/v1/responses`;
  });
  after(() => server[Symbol.asyncDispose]());

  /** The part of the agent's input that its reply quotes. */
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
      const message = `Unsupported Content-Encoding '${coding}'. Expected one of: gzip, x-gzip, deflate, br, zstd.`;
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

  test('without a type is a 415, after which the connection closes as asked', { timeout: 10_000 }, async () => {
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

  test('in bytes that are not UTF-8 is refused', async () => {
    const body = Buffer.concat([Buffer.from('{"input":"/say caf'), Buffer.from([0xe9]), Buffer.from('!"}')]);
    const reply = await send(url, { body });
    const message = 'The request body is not valid UTF-8. Encode the JSON as UTF-8.';
    assert.deepEqual([reply.status, reply.json], [400, envelope('invalid_json', message)]);
  });

  for (const charset of ['iso-8859-1', '"windows-1252"', 'utf-16']) {
    test(`in ${charset} is refused`, async () => {
      const headers = { 'content-type': `application/json; charset=${charset}` };
      const reply = await send(url, { body: { input: 'Hi' }, headers });
      assert.equal(reply.status, 415);
      assert.match(reply.text, /Unsupported charset '.*'\. Encode the JSON as UTF-8\./);
    });
  }

  for (const charset of ['UTF-8', 'utf8', '"utf-8"', 'us-ascii']) {
    test(`may name its charset: ${charset}`, async () => {
      await ask({ input: 'Hi' }, { 'content-type': `application/json; charset=${charset}` });
    });
  }

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

  test('nested as deep as may be is read, and one level deeper is a 400', async () => {
    // The body, and in it the list.
    const nested = (levels: number) => `{"input":"Hi","unknown":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    await ask(nested(limits.bodyLevels));
    const refusal = envelope('invalid_value', `The request body is nested more than ${limits.bodyLevels} levels deep.`);
    for (const levels of [limits.bodyLevels + 1, 100_000]) {
      const reply = await send(url, { body: nested(levels) });
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.json, refusal);
    }
  });

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
  });

  test('does not take the rest of a body that it refused for a next request', async () => {
    const body = 'x'.repeat(10 * maxBytes);
    const head = 'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const reply = await exchange(
      server.url,
      `${head}Content-Length: ${body.length}\r\n\r\n${body}GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    assert.deepEqual(reply.match(/HTTP\/1.1 \d+/g), ['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  const size = 20 * mebibyte;
  const lengthened = `Content-Length: ${size}\r\n`;
  for (const [name, type, headers] of [
    ['its declared length', 'application/json', lengthened],
    ['what came of it', 'application/json', 'Transfer-Encoding: chunked\r\n'],
    ['its type', 'text/plain', lengthened],
    ['what it decodes to', 'application/json', `${lengthened}Content-Encoding: br\r\n`],
  ] as const) {
    test(`a body refused by ${name} is read to its end: many clients read the reply only when they have written all`, async () => {
      const socket = openSocket(server.url);
      const chunk = `${size.toString(16)}\r\n`;
      socket.write(`POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\n`);
      socket.write(`${headers}\r\n${headers.startsWith('Transfer') ? chunk : ''}`);
      await promisify<Buffer>(socket.write.bind(socket))(Buffer.alloc(size, 0x20));
      let reply = '';
      for await (const bytes of socket) {
        reply += bytes;
        // Leaving the loop closes the socket.
        if (reply.endsWith('}}')) break;
      }
      assert.match(reply, /^HTTP\/1.1 4\d\d .*\}\}$/s);
    });
  }

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

  test('a bomb is not unpacked any further once it is refused', async () => {
    const start = process.cpuUsage();
    const bomb = brotliCompressSync(Buffer.alloc(512 * mebibyte, 0x20), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 2 },
    });
    const made = microseconds(start);
    const reply = await send(url, { body: bomb, headers: { 'content-encoding': 'br' } });
    assert.equal(reply.status, 413);
    const refused = process.cpuUsage();
    // On a busy machine the work comes in spurts.
    for (let [quiet, before] = [0, 0]; quiet < 10 && microseconds(refused) < made; before = microseconds(refused)) {
      await setTimeout(100);
      quiet = microseconds(refused) - before < 10_000 ? quiet + 1 : 0;
    }
    // To unpack it whole takes twice as long as to make it.
    assert.ok(
      microseconds(refused) < made / 2,
      `${microseconds(refused)} µs of CPU after the reply, ${made} µs to make it`,
    );
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
