import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { refuseMalformed } from '../../../src/http/access/refuse-upgrade.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { envelope, exchange, openSocket, send } from '../send.ts';

interface RawReply {
  head: string;
  body: unknown;
}

async function read(url: string, bytes: string): Promise<RawReply> {
  const [head = '', body = ''] = (await exchange(url, bytes)).split('\r\n\r\n');
  return { head, body: JSON.parse(body) };
}

/** An upgrade that is refused; test/websocket/upgrade.test.ts has those. */
const upgrade =
  'GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

/** Another server, with the same answer to what is not HTTP. */
async function listen(server: Server): Promise<AsyncDisposable & { url: string }> {
  server.on('clientError', refuseMalformed).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('what is not plain HTTP', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  test('follows the reply to a request before it, which comes first', async () => {
    const bytes = 'GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n\x16\x03\x01\x02\r\n\r\n';
    assert.match(await exchange(server.url, bytes), /^HTTP\/1\.1 404 Not Found\r\n/);
  });

  const malformed: [name: string, bytes: string][] = [
    ['bytes of another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['a request line without a version', 'GET /health\r\nfoo\r\n\r\n'],
    ['an unknown method', 'FROBNICATE /health HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a header without a colon', 'GET /health HTTP/1.1\r\nHost localhost\r\n\r\n'],
    [
      'two lengths that differ',
      'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length beside chunks (request smuggling)',
      'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ];
  for (const [name, bytes] of malformed) {
    test(`${name}: a 400 in the envelope, and the connection is closed`, async () => {
      const { head, body } = await read(server.url, bytes);
      assert.match(head, /^HTTP\/1\.1 400 Bad Request\r\n/);
      assert.match(head, /\r\nConnection: close/i);
      assert.match(head, /\r\nX-Request-Id: req_[0-9a-f]{32}/i);
      assert.deepEqual(body, envelope('invalid_value', 'Malformed or incomplete HTTP request.'));
    });
  }

  for (const [name, bytes] of [
    ['a header', `GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['a path', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ] as const) {
    test(`${name} without end: a 431 in the envelope, and the connection is closed`, async () => {
      const { head, body } = await read(server.url, bytes);
      assert.match(head, /^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
      assert.match(head, /\r\nConnection: close/i);
      assert.deepEqual(body, envelope('invalid_value', 'The request headers are larger than 16384 bytes.'));
    });
  }

  test('a request that does not arrive whole in time: a 408 in the envelope', async () => {
    await using slow = await listen(createServer({ requestTimeout: 100, connectionsCheckingInterval: 20 }));
    const { head, body } = await read(slow.url, 'GET /health HTTP/1.1\r\nHost: localhost\r\n');
    assert.match(head, /^HTTP\/1\.1 408 Request Timeout\r\n/);
    assert.deepEqual(body, envelope('invalid_value', 'Timed out waiting for the complete request.'));
  });

  test('behind a reply that has begun: the connection is cut, with no second head in that reply', async () => {
    await using begun = await listen(createServer((_request, response) => response.write('begun')));
    const received = await exchange(begun.url, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET\r\n\r\n').catch(String);
    assert.doesNotMatch(received, /400/);
  });

  test('a client that keeps its side open after a refusal holds nothing: the socket is closed', async () => {
    for (const bytes of [upgrade, 'GET\r\n\r\n']) {
      const { hostname, port } = new URL(server.url);
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      socket.resume().write(bytes);
      await once(socket, 'end');
      // The socket is closed: the kernel replies to the next bytes with a reset.
      const failed = once(socket, 'error');
      const writer = setInterval(() => socket.write('x'), 5);
      const [error] = await failed;
      clearInterval(writer);
      assert.match(error.code, /ECONNRESET|EPIPE/);
    }
  });

  test('HTTP/1.1 without a Host header is a 400', async () => {
    assert.match(await exchange(server.url, 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /);
  });

  test('malformed bytes within a stream end it, and the server keeps serving', async () => {
    const socket = openSocket(server.url);
    const body = '{"input":"/tokens 1000 delay 10ms","stream":true}';
    socket.write(
      `POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await once(socket, 'data');
    socket.write('\0\0\0 not http\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    assert.equal((await send(`${server.url}/health`)).status, 200);
  });
});
