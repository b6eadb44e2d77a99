/** Bytes, heads, trailers, codings and ends on raw sockets are the same with and without the proxy. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { recordLimits } from '../../src/record/record-limits.ts';
import { untilStill } from '../helpers/until-still.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type Recorder, spawnRecorder } from './spawn-recorder.ts';

/** Headers that may differ: those of a connection, and the host. */
const connectionHeaders = ['connection', 'keep-alive', 'host', 'date', 'transfer-encoding'];

let handler: RequestListener = (_request, response) => response.end();
const upstream: Server = createServer((incoming, response) => handler(incoming, response));
let upstreamUrl = '';
let recorder: Recorder;

before(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  upstreamUrl = `http://127.0.0.1:${toPort(upstream)}`;
  recorder = await spawnRecorder(upstreamUrl);
});
after(async () => {
  await recorder[Symbol.asyncDispose]();
  upstream.close();
  upstream.closeAllConnections();
});

function toPort(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface Sent {
  method: string;
  path?: string;
  headers?: string[];
  body?: Buffer | string;
  trailers?: [string, string][];
}

interface Seen {
  status: number | undefined;
  statusMessage: string | undefined;
  headers: string[];
  body: Buffer;
  trailers: string[];
}

function send(base: string, { method, path = '/v1/x', headers = [], body, trailers }: Sent): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(base);
    const list = ['Host', host, ...headers];
    if (body !== undefined && !list.includes('Transfer-Encoding')) {
      list.push('Content-Length', `${Buffer.byteLength(body)}`);
    }
    const outgoing = request({ hostname, port, method, path, headers: list, agent: false, setHost: false });
    outgoing.once('error', reject);
    outgoing.once('response', async (incoming) => {
      const received = await read(incoming);
      resolve({
        ...{ status: incoming.statusCode, statusMessage: incoming.statusMessage, body: received },
        ...{ headers: withoutConnection(incoming.rawHeaders), trailers: incoming.rawTrailers },
      });
    });
    if (trailers) outgoing.addTrailers(trailers);
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function withoutConnection(raw: string[]): string[] {
  return raw.filter((_text, index) => !connectionHeaders.includes((raw[index - (index % 2)] ?? '').toLowerCase()));
}

/** A request as the upstream received it. */
interface Heard {
  method: string | undefined;
  url: string | undefined;
  headers: string[];
  body: Buffer;
  trailers: string[];
}

/** Sends a request directly and through the proxy; both sides must receive the same. */
async function sendBoth(sent: Sent, answer: RequestListener): Promise<{ seen: Seen; heard: Heard }> {
  const heard: Heard[] = [];
  handler = async (incoming, response) => {
    const { method, url, rawHeaders } = incoming;
    const body = await read(incoming);
    heard.push({ method, url, headers: withoutConnection(rawHeaders), body, trailers: incoming.rawTrailers });
    answer(incoming, response);
  };
  const straight = await send(upstreamUrl, sent);
  const seen = await send(recorder.url, sent);
  assert.deepEqual(seen, straight);
  assert.deepEqual(heard[1], heard[0]);
  return { seen, heard: heard[1] ?? assert.fail('the upstream heard nothing') };
}

describe('every method and body is forwarded unchanged', () => {
  const bodies: [name: string, sent: Sent][] = [
    ['GET', { method: 'GET', path: '/v1/models?a=1&a=2&b=%20x' }],
    ['HEAD', { method: 'HEAD' }],
    ['OPTIONS', { method: 'OPTIONS', headers: ['Origin', 'https://chat.example.org'] }],
    ['OPTIONS *', { method: 'OPTIONS', path: '*' }],
    ['DELETE', { method: 'DELETE', path: '/v1/responses/resp_1' }],
    ['DELETE with a body', { method: 'DELETE', body: '{"why":"x"}' }],
    ['PATCH', { method: 'PATCH', body: 'a=b' }],
    ['an empty POST', { method: 'POST', body: '' }],
    ['a POST with a large body', { method: 'POST', body: Buffer.alloc(3_000_000, 'abc') }],
    ['a POST in chunks', { method: 'POST', headers: ['Transfer-Encoding', 'chunked'], body: 'in chunks' }],
    ['bytes that are no text', { method: 'PUT', body: Buffer.from([0, 255, 254, 10, 13, 128]) }],
    [
      'repeated and oddly written headers',
      { method: 'GET', headers: ['X-ODD', 'a', 'x-odd', 'b', 'X-Latin', 'caf\u00e9'] },
    ],
    [
      'trailers',
      {
        ...{ method: 'POST', headers: ['Transfer-Encoding', 'chunked', 'Trailer', 'X-Sum'], body: 'with trailers' },
        trailers: [['X-Sum', '7']],
      },
    ],
  ];
  for (const [name, sent] of bodies) {
    test(name, async () => {
      await sendBoth(sent, (_incoming, response) => response.writeHead(200, { 'X-Answer': 'yes' }).end('the answer'));
    });
  }
});

describe('every reply is forwarded unchanged', () => {
  const answers: [name: string, answer: RequestListener][] = [
    [
      'a redirect, not followed',
      (_r, response) => response.writeHead(307, { location: 'http://elsewhere.example/' }).end(),
    ],
    [
      'an error page',
      (_r, response) => response.writeHead(503, 'Gone For Lunch', { 'content-type': 'text/html' }).end('<h1>'),
    ],
    ['no content', (_r, response) => response.writeHead(204).end()],
    ['nothing new', (_r, response) => response.writeHead(304, { etag: '"1"' }).end()],
    [
      'repeated headers',
      (_r, response) => response.writeHead(200, ['Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'X', 'y']).end(),
    ],
    [
      'an answer without a date',
      (_r, response) => {
        response.sendDate = false;
        response.end('no date');
      },
    ],
    [
      'trailers',
      (_r, response) => {
        response.writeHead(200, { Trailer: 'X-Sum' });
        response.addTrailers([['X-Sum', '7']]);
        response.end('with trailers');
      },
    ],
    ['a large body', (_r, response) => response.end(Buffer.alloc(5_000_000, 'xyz'))],
  ];
  for (const [name, answer] of answers) {
    test(name, async () => {
      await sendBoth({ method: 'GET' }, answer);
    });
  }
});

test('forwards compressed bodies compressed, and records them decoded', async () => {
  const asked = JSON.stringify({ model: 'm', input: 'compressed' });
  const text = JSON.stringify({ text: 'compressed' });
  const headers = ['Content-Type', 'application/json', 'Content-Encoding', 'zstd', 'Accept-Encoding', 'gzip'];
  const sent = { method: 'POST', path: '/v1/elsewhere', headers, body: zstdCompressSync(asked) };
  const { seen, heard } = await sendBoth(sent, (_incoming, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(text));
  });
  assert.deepEqual(heard.body, zstdCompressSync(asked));
  assert.equal(gunzipSync(seen.body).toString(), text);
  const recorded = await findRecorded('/v1/elsewhere');
  assert.deepEqual(recorded.request.json, JSON.parse(asked));
  assert.deepEqual(recorded.response?.json, JSON.parse(text));
});

async function findRecorded(path: string) {
  const find = async () => (await recorder.exchanges(0)).find(({ request }) => request.path === path);
  await waitUntil(async () => (await find()) !== undefined, `the record of ${path}`);
  return (await find()) ?? assert.fail(path);
}

test('forwards 100 Continue from the upstream, and a refusal before the body was sent', async () => {
  upstream.once('checkContinue', (incoming, response) => {
    response.writeContinue();
    incoming.resume().once('end', () => response.end('went on'));
  });
  const goOn = await expectContinue();
  assert.match(goOn, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  upstream.once('checkContinue', (_incoming, response) => response.writeHead(417).end());
  assert.match(await expectContinue(), /^HTTP\/1\.1 417 /);
});

/** Sends the body after 100 Continue. Resolves with everything received. */
function expectContinue(): Promise<string> {
  const socket = connect(Number(new URL(recorder.url).port), '127.0.0.1');
  let text = '';
  socket.write(
    'POST /v1/x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n',
  );
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      if (text === '' && chunk.includes('100 Continue')) socket.write('body');
      text += chunk;
    });
    socket.once('close', () => resolve(text));
    socket.on('error', () => undefined);
  });
}

test('an upstream may take longer than the idle timeout of connections', async () => {
  handler = (_incoming, response) => {
    const thoughtMs = recordLimits.idleConnectionMs + 500;
    setTimeout(() => response.writeHead(200).write('first'), thoughtMs);
    setTimeout(() => response.end(' last'), 2 * thoughtMs);
  };
  assert.equal(await (await fetch(`${recorder.url}/v1/thinks`)).text(), 'first last');
});

// A fault here would hang.
const patience = { timeout: 60_000 };

describe('ends', patience, () => {
  test('closes the upstream request when the client leaves, before and during the reply', async () => {
    for (const begins of [false, true]) {
      const closed = new Promise((resolve) => {
        handler = (_incoming, response) => {
          response.once('close', resolve);
          if (begins) response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
        };
      });
      const arrived = new Promise((resolve) => upstream.once('request', resolve));
      const socket = connect(Number(new URL(recorder.url).port), '127.0.0.1');
      socket.write('GET /v1/leaves HTTP/1.1\r\nHost: x\r\n\r\n');
      await arrived;
      await delay(50);
      socket.destroy();
      await closed;
    }
    const recorded = await findRecorded('/v1/leaves');
    assert.equal(recorded.ended, 'client-left');
  });

  test('cuts the reply where the upstream cut it, after all received bytes', async () => {
    handler = (_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"half":1}\n\n', () => response.destroy());
    };
    const response = await fetch(`${recorder.url}/v1/breaks`);
    let text = '';
    await assert.rejects(async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    });
    assert.equal(text, 'data: {"half":1}\n\n');
    assert.equal((await findRecorded('/v1/breaks')).ended, 'upstream-broke');
  });

  test('an unreachable upstream is a 502 that names the proxy', async () => {
    await using other = await spawnRecorder('http://127.0.0.1:1/v1');
    const response = await fetch(`${other.url}/models`);
    assert.equal(response.status, 502);
    const message = 'talaria record: http://127.0.0.1:1 did not reply (ECONNREFUSED).';
    const error = { message, type: 'server_error', param: null, code: 'upstream_error' };
    assert.deepEqual(await response.json(), { error });
    const [recorded] = await other.exchanges(1);
    assert.equal(recorded?.ended, 'unreachable');
  });

  test('an upstream that closes without a reply is a 502 too', async () => {
    const server = createSocketServer((socket: Socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await using other = await spawnRecorder(`http://127.0.0.1:${toPort(server)}`);
    assert.equal((await fetch(`${other.url}/v1/models`)).status, 502);
    server.close();
  });
});

test('forwards a stream event by event, its head first', patience, async () => {
  let proceed: (text: string) => void = () => undefined;
  handler = (_incoming, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    proceed = (text) => void response.write(text);
  };
  const response = await fetch(`${recorder.url}/v1/paced`);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  // Each piece is awaited before the next is written, so buffering would hang the test.
  for (const piece of ['data: 1\n\n', 'data', ': 2\r\n', '\r\ndata: \u00e9', ': keep-alive\n\n']) {
    proceed(piece);
    const got = await reader?.read();
    assert.equal(decoder.decode(got?.value, { stream: true }), piece);
  }
  await reader?.cancel();
});

test('a slow reader slows the upstream down instead of filling memory', async () => {
  let written = 0;
  const total = 400;
  handler = async (_incoming, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    for (; written < total && !response.destroyed; written++) {
      if (!response.write(Buffer.alloc(1024 * 1024))) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  };
  const incoming = await new Promise<IncomingMessage>((resolve) => {
    request(`${recorder.url}/v1/slow`, { agent: false }, resolve).end();
  });
  const taken = await untilStill(() => written);
  assert.ok(taken < total / 2, `${taken} MB were read from an upstream without a reader`);
  let bytes = 0;
  for await (const chunk of incoming) bytes += chunk.length;
  assert.equal(bytes, total * 1024 * 1024);
  const recorded = await findRecorded('/v1/slow');
  assert.deepEqual([recorded.response?.truncated, recorded.response?.bytes], [true, bytes]);
});
