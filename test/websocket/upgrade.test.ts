import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { envelope, exchange, send } from '../http/send.ts';
import { connectSocket, textOf, toSocketUrl } from './connect-socket.ts';

interface Refusal {
  status: number;
  head: string;
  body: unknown;
}

/** Sends an upgrade as plain bytes and returns the answer of the server. */
async function upgrade(url: string, headers: Record<string, string>, request = 'GET /v1/responses'): Promise<Refusal> {
  const all = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const reply = await exchange(url, `${request} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [head = '', body = ''] = reply.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) };
}

const hostMessage = 'Host not allowed. A server without an API key accepts only loopback names such as localhost.';
const originMessage = 'Origin not allowed: see API_SERVER_CORS_ORIGINS.';

describe('an upgrade on a server without a key', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  test('is answered with 101 and a request id', async () => {
    const socket = new WebSocket(toSocketUrl(server.url));
    const [response] = await once(socket, 'upgrade');
    assert.equal(response.statusCode, 101);
    assert.match(response.headers['x-request-id'], /^req_[0-9a-f]{32}$/);
    socket.terminate();
  });

  test('may have a query, as some clients add one', async () => {
    await using client = await connectSocket(`${server.url}`, {});
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
    const socket = new WebSocket(`${toSocketUrl(server.url)}?model=offline`);
    await once(socket, 'open');
    socket.terminate();
  });

  for (const host of ['evil.example', '127.0.0.1.evil.example:8642']) {
    test(`is refused for the host ${host} (DNS rebinding)`, async () => {
      const { status, body } = await upgrade(server.url, { Host: host });
      assert.equal(status, 403);
      assert.deepEqual(body, envelope('host_not_allowed', hostMessage));
    });
  }

  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
    test(`is refused for the origin ${origin} (cross-site WebSocket hijacking)`, async () => {
      const { status, body } = await upgrade(server.url, { Origin: origin });
      assert.equal(status, 403);
      assert.deepEqual(body, envelope('origin_not_allowed', originMessage));
    });
  }

  test('is admitted from a page of this machine', async () => {
    await using client = await connectSocket(server.url, { origin: 'http://localhost:3000' });
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
  });

  const elsewhere: [name: string, request: string, headers: Record<string, string>][] = [
    ['another path', 'GET /v1/chat/completions', {}],
    ['a path that is nothing', 'GET /nowhere', {}],
    ['a path below', 'GET /v1/responses/resp_1', {}],
    ['another protocol', 'GET /v1/responses', { Upgrade: 'something/2' }],
    ['another method', 'POST /v1/responses', { 'Content-Length': '0' }],
  ];
  for (const [name, request, headers] of elsewhere) {
    test(`of ${name} is refused at once with a 426, so that clients fall back`, async () => {
      const started = performance.now();
      const { status, head, body } = await upgrade(server.url, headers, request);
      assert.equal(status, 426);
      assert.match(head, /^HTTP\/1\.1 426 Upgrade Required\r\n/);
      assert.match(head, /\r\nConnection: close/i);
      assert.match(head, /\r\nX-Request-Id: req_[0-9a-f]{32}/i);
      assert.deepEqual(
        body,
        envelope(
          'upgrade_required',
          'Unsupported upgrade. Expected a WebSocket on /v1/responses. Use plain HTTP otherwise.',
        ),
      );
      assert.ok(performance.now() - started < 5000);
    });
  }

  test('to HTTP/2 in clear text is ignored: the request is answered over HTTP/1.1', async () => {
    // Java's HttpClient sends this with every request, also with a body.
    const headers = {
      Upgrade: 'h2c',
      Connection: 'Upgrade, HTTP2-Settings',
      'HTTP2-Settings': 'AAEAAEAAAAIAAAABAAMAAAABk',
    };
    const ask = async (method: string, path: string, body = '') => {
      const asked = request(server.url + path, { method, headers: { ...headers, 'content-type': 'application/json' } });
      const answered = once(asked, 'response');
      asked.end(body);
      const [response] = await answered;
      return { status: response.statusCode, json: JSON.parse(await text(response)) };
    };
    const health = await ask('GET', '/health');
    assert.deepEqual([health.status, health.json.status], [200, 'ok']);
    const created = await ask('POST', '/v1/responses', JSON.stringify({ model: 'offline', input: '/say Hi' }));
    assert.deepEqual([created.status, created.json.output[0].content[0].text], [200, 'Hi']);
  });

  const malformed: [name: string, headers: Record<string, string>][] = [
    ['a key that is none', { 'Sec-WebSocket-Key': 'short' }],
    ['an unknown version', { 'Sec-WebSocket-Version': '99' }],
    ['a malformed list of protocols', { 'Sec-WebSocket-Protocol': ',,' }],
  ];
  for (const [name, headers] of malformed) {
    test(`with ${name} is a 400 in the envelope`, async () => {
      const { status, body } = await upgrade(server.url, headers);
      assert.equal(status, 400);
      assert.equal((body as { error: { code: string } }).error.code, 'invalid_value');
    });
  }

  test('in the middle of plain requests on one connection is served like any other', async () => {
    assert.equal((await send(`${server.url}/health`)).status, 200);
    await using client = await connectSocket(server.url);
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
    assert.equal((await send(`${server.url}/health`)).status, 200);
  });
});

describe('an upgrade on a server with a key', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: 'sk-1' });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const [name, headers, message] of [
    ['no key', {}, "Missing API key: send it as 'Authorization: Bearer KEY'."],
    ['a wrong key', { Authorization: 'Bearer sk-2' }, 'Invalid API key'],
    [
      'a key in another scheme',
      { Authorization: 'Basic sk-1' },
      "Missing API key: send it as 'Authorization: Bearer KEY'.",
    ],
  ] as const) {
    test(`with ${name} is a 401 before the handshake`, async () => {
      const { status, head, body } = await upgrade(server.url, headers);
      assert.equal(status, 401);
      assert.match(head, /\r\nWWW-Authenticate: Bearer\r\n/);
      assert.deepEqual(body, envelope('invalid_api_key', message));
    });
  }

  test('with the key is admitted, whatever the host', async () => {
    const headers = { authorization: 'Bearer sk-1', host: 'talaria.example.org' };
    await using client = await connectSocket(server.url, { headers });
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
  });

  test('is refused for a foreign origin even with the key, because browsers apply no CORS here', async () => {
    const headers = { Authorization: 'Bearer sk-1', Origin: 'https://evil.example' };
    const { status, body } = await upgrade(server.url, headers);
    assert.equal(status, 403);
    assert.deepEqual(body, envelope('origin_not_allowed', originMessage));
  });

  test('reports the status to a client of the ws library', async () => {
    const socket = new WebSocket(toSocketUrl(server.url));
    const [error] = await once(socket, 'error');
    assert.equal(error.message, 'Unexpected server response: 401');
  });
});

test('only listed origins are admitted', async () => {
  await using server = await startTalaria({ API_SERVER_KEY: 'sk-1', API_SERVER_CORS_ORIGINS: 'https://chat.example' });
  const headers = { authorization: 'Bearer sk-1' };
  await using client = await connectSocket(server.url, { headers, origin: 'https://chat.example' });
  assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
  assert.equal(
    (await upgrade(server.url, { Authorization: 'Bearer sk-1', Origin: 'http://localhost:3000' })).status,
    403,
  );
});
