/**
 * Requests at the edge of HTTP. Before: replies to `Expect: nonsense` and `/docs/package.json` had no envelope, two
 * `Host` headers were a 200, and a range or condition that a file of `/docs` cannot satisfy was a 500.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange, openSocket } from '../http/send.ts';
import { type Arena, startArena } from './arena.ts';

const host = 'Host: localhost\r\n';
const body = '{"input":"Hello."}';
const json = `${host}Content-Type: application/json\r\n`;
const sized = `${json}Content-Length: ${body.length}\r\n`;
const get = (target: string, headers = '') => `GET ${target} HTTP/1.1\r\n${host}${headers}Connection: close\r\n\r\n`;

/** Each case has a status and the code of the envelope. `undefined`: not an error, or no reply. */
const cases: [name: string, bytes: string, status: number | undefined, code: string | undefined][] = [
  ['an unknown expectation', get('/health', 'Expect: nonsense\r\n'), 417, 'expectation_failed'],
  [
    'an unknown expectation before a body',
    `POST /v1/responses HTTP/1.1\r\n${sized}Expect: 200-ok\r\nConnection: close\r\n\r\n${body}`,
    417,
    'expectation_failed',
  ],
  [
    'an unknown expectation of HTTP/1.0, which is ignored',
    `GET /health HTTP/1.0\r\nExpect: nonsense\r\n\r\n`,
    200,
    undefined,
  ],
  ['a path up from the docs', get('/docs/%2e%2e/'), 404, 'not_found'],
  ['a path up from the docs, with an encoded slash', get('/docs/%2e%2e%2fpackage.json'), 404, 'not_found'],
  ['a path up from the docs, with a backslash', get('/docs/%2e%2e%5cpackage.json'), 404, 'not_found'],
  ['a plain path up from the docs', get('/docs/../package.json'), 404, 'not_found'],
  ["the docs' package", get('/docs/package.json'), 404, 'not_found'],
  ["the docs' package, with a query", get('/docs/package.json?x'), 404, 'not_found'],
  ['a path of the docs with invalid encoding', get('/docs/%zz'), 404, 'not_found'],
  ['a null byte in a path of the docs', get('/docs/%00'), 404, 'not_found'],
  [
    'a range that a file does not have',
    get('/docs/swagger-ui/swagger-ui.css', 'Range: bytes=99999999-\r\n'),
    416,
    'invalid_value',
  ],
  [
    'a condition that a file does not meet',
    get('/docs/swagger-ui/swagger-ui.css', 'If-Match: "x"\r\n'),
    412,
    'invalid_value',
  ],
  ['an id with invalid encoding', get('/v1/responses/%zz'), 400, 'invalid_value'],
  ['a null byte', get('/%00'), 404, 'not_found'],
  ['a null byte as an id', get('/v1/responses/%00'), 404, 'response_not_found'],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, 404, 'not_found'],
  ['TRACE', `TRACE /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, 405, 'method_not_allowed'],
  ['CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n', undefined, undefined],
  ['HTTP/1.0', 'GET /health HTTP/1.0\r\n\r\n', 200, undefined],
  ['HTTP/0.9', 'GET /nowhere\r\n\r\n', 404, 'not_found'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'invalid_value'],
  ['two hosts', get('/health', 'hOST: evil.example\r\n'), 400, 'invalid_value'],
  ['two hosts that are the same', get('/health', host), 400, 'invalid_value'],
  [
    'two hosts of a WebSocket',
    `GET /v1/responses HTTP/1.1\r\n${host}${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    400,
    'invalid_value',
  ],
  ['an absolute target', get('http://localhost/health'), 200, undefined],
  ['an absolute target of another host', get('http://evil.example/health'), 403, 'host_not_allowed'],
  [
    'chunks beside a length (smuggling)',
    `POST /v1/responses HTTP/1.1\r\n${json}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`,
    400,
    'invalid_value',
  ],
  [
    'an unknown transfer coding',
    `POST /v1/responses HTTP/1.1\r\n${json}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    400,
    'invalid_value',
  ],
];

describe('requests at the edge of HTTP', () => {
  let arena: Arena;
  before(async () => {
    arena = await startArena();
  });
  after(async () => {
    await using _arena = arena;
    await arena.assertUnharmed();
  });
  /** Fails if the connection stays open. */
  const answerTo = async (bytes: string): Promise<string> => {
    const answer = await Promise.race([
      exchange(arena.server.url, bytes).catch(String),
      sleep(10_000, undefined, { ref: false }),
    ]);
    assert.ok(answer !== undefined, 'there was no answer');
    return answer;
  };

  for (const [name, bytes, status, code] of cases) {
    test(`${name}: ${status ?? 'the connection is closed'}`, async () => {
      const answer = await answerTo(bytes);
      assert.equal(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1], status?.toString(), answer);
      if (code === undefined) return;
      const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
      assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
      assert.equal(error.code, code);
    });
  }

  test('a client that sends Expect: 100-continue receives 100 Continue', async () => {
    const answer = await answerTo(
      `POST /v1/responses HTTP/1.1\r\n${sized}Expect: 100-continue\r\nConnection: close\r\n\r\n${body}`,
    );
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  test('a client that announces a body that is too large is refused without 100 Continue', async () => {
    const socket = openSocket(arena.server.url);
    socket.write(`POST /v1/responses HTTP/1.1\r\n${json}Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n`);
    const [answer] = await new Promise<string[]>((resolve) => socket.once('data', (data) => resolve([`${data}`])));
    socket.destroy();
    assert.match(answer ?? '', /^HTTP\/1\.1 413 .*"code":"request_too_large"/s);
  });

  test('2,000 connections that send nothing, or half a head, block no other client', async () => {
    const sockets = Array.from({ length: 2_000 }, (_, index) => {
      const socket = openSocket(arena.server.url).on('error', () => undefined);
      if (index % 2 === 0) socket.write('GET /health HTTP/1.1\r\nHost: loc');
      return socket;
    });
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const started = performance.now();
    assert.match(await answerTo(get('/health')), /^HTTP\/1\.1 200 /);
    assert.ok(performance.now() - started < 2_000);
    for (const socket of sockets) socket.destroy();
  });
});
