import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type NextFunction, type RequestHandler } from 'express';
import { createMessageClasses } from '../../src/http/create-message-classes.ts';
import { serveFixedPaths } from '../../src/http/serve-fixed-paths.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { exchange, type Reply, type SendOptions, send } from './send.ts';

const responses = '/v1/responses';
const chat = '/v1/chat/completions';
const key = 'sk-fixed';
const authorization = `Bearer ${key}`;
const question = { model: 'offline', input: 'say hello', store: false };
const messages = { model: 'offline', messages: [{ role: 'user', content: 'say hello' }] };
const origin = 'https://app.example';

/** Requests with their paths, and the statuses that they get with and without Express. */
const requests: Record<string, [path: string, options: SendOptions, status: number]> = {
  'a response': [responses, { body: question }, 200],
  'a streamed response': [responses, { body: { ...question, stream: true } }, 200],
  'a completion': [chat, { body: messages }, 200],
  'a streamed completion': [chat, { body: { ...messages, stream: true } }, 200],
  'a request without a body': ['/health', {}, 200],
  'a list without parameters in its path': ['/v1/models', {}, 200],
  'an allowed origin': [chat, { body: messages, headers: { origin } }, 200],
  'another origin': [chat, { body: messages, headers: { origin: 'https://evil.example' } }, 200],
  'no key': [responses, { body: question, headers: { authorization: '' } }, 401],
  'a wrong key': [chat, { body: messages, headers: { authorization: 'Bearer wrong' } }, 401],
  'invalid JSON': [responses, { body: '{"input":' }, 400],
  'an invalid body': [responses, { body: { ...question, temperature: 'hot' } }, 400],
  'an invalid header': [responses, { body: question, headers: { 'idempotency-key': 'a b' } }, 400],
  'a body of another type': [chat, { body: 'model=offline', headers: { 'content-type': 'text/plain' } }, 415],
  'a body that is too large': [chat, { body: { ...messages, user: 'u'.repeat(20_000) } }, 413],
  'an unknown coding': [chat, { body: messages, headers: { 'content-encoding': 'br2' } }, 415],
  'an unknown expectation': [chat, { body: messages, headers: { expect: 'a-miracle' } }, 417],
  'an unknown response to continue': [responses, { body: { ...question, previous_response_id: 'resp_none' } }, 404],
  'a method that the path lacks': [chat, { method: 'PUT', body: messages }, 405],
  'an operator’s operation': ['/admin/v1/load', {}, 403],
  HEAD: ['/health', { method: 'HEAD' }, 200],
  'a preflight': [
    chat,
    { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', authorization: '' } },
    204,
  ],
};

/** Replaces what differs between any two replies. */
const toComparable = ({ status, headers, text }: Reply) => ({
  status,
  headers: Object.fromEntries(Object.entries({ ...headers, 'x-request-id': 'id' }).filter(([name]) => name !== 'date')),
  text: text
    .replaceAll(/(resp|msg|req|chatcmpl|fp)[_-][\w-]+/g, '$1_id')
    .replaceAll(/"(created|created_at|completed_at|uptime_seconds)":[\d.]+/g, '"$1":0')
    .replaceAll(/"obfuscation":"[^"]*"/g, '"obfuscation":""'),
});

suite('an operation at a fixed path', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({
      AGENT_URL: 'offline:',
      API_SERVER_KEY: key,
      API_SERVER_CORS_ORIGINS: origin,
      API_SERVER_MAX_BODY_BYTES: '10000',
    });
  });
  after(() => server[Symbol.asyncDispose]());

  const ask = (target: string, { headers, ...options }: SendOptions) =>
    send(server.url + target, { contract: false, ...options, headers: { authorization, ...headers } });

  for (const [name, [path, options, status]] of Object.entries(requests)) {
    test(`replies as Express does: ${name}`, async () => {
      const direct = await ask(path, options);
      // A query leaves the way to Express.
      const routed = await ask(`${path}?unknown=1`, options);
      assert.equal(direct.status, status, direct.text);
      assert.ok(direct.headers['x-request-id']);
      assert.deepEqual(toComparable(direct), toComparable(routed));
    });
  }

  for (const [target, status] of [
    [`${responses}/`, 200],
    [`${responses}?`, 200],
    ['/v1/Responses', 404],
    [`/${responses}`, 404],
    ['/v1/respons%65s', 404],
    [`${responses}/%zz`, 400],
  ] as const) {
    test(`is found under another form of its path as before: POST ${target}`, async () => {
      const reply = await ask(target, { body: question });
      assert.equal(reply.status, status, reply.text);
    });
  }

  test('is found under an absolute target', async () => {
    const body = JSON.stringify(question);
    const head = [
      `POST ${server.url}${responses} HTTP/1.1`,
      ...['Host: localhost', 'Connection: close', 'Content-Type: application/json'],
      ...[`Content-Length: ${body.length}`, `Authorization: ${authorization}`],
    ];
    const reply = await exchange(server.url, `${head.join('\r\n')}\r\n\r\n${body}`);
    assert.match(reply, /^HTTP\/1\.1 200 /);
  });

  test('is refused without a Host header, and with two', async () => {
    for (const hosts of [[], ['Host: localhost', 'Host: example.com']]) {
      const head = [`POST ${responses} HTTP/1.1`, ...hosts, 'Connection: close', 'Content-Length: 0'];
      assert.match(await exchange(server.url, `${head.join('\r\n')}\r\n\r\n`), /^HTTP\/1\.1 400 [\s\S]*invalid_value/);
    }
  });
});

suite('a handler of a fixed path that fails', () => {
  for (const [name, fail, message] of [
    ['rejects with an error', () => Promise.reject(new Error('broken')), 'broken'],
    ['rejects with undefined', () => Promise.reject(), 'Rejected promise'],
    ['rejects with an empty text', () => Promise.reject(''), 'Rejected promise'],
    ['rejects later with null', () => nextTurn().then(() => Promise.reject(null)), 'Rejected promise'],
    ['throws an error', () => assert.fail('broken'), 'broken'],
    ['calls next with an error', (next) => next(new Error('broken')), 'broken'],
  ] satisfies [name: string, fail: (next: NextFunction) => unknown, message: string][]) {
    for (const path of ['/fixed', '/fixed/']) {
      test(`${name}: the next handler is not called (${path})`, async () => {
        const app = express();
        const calls: string[] = [];
        const handlers: RequestHandler[] = [
          (_request, _response, next) => fail(next),
          (_request, response) => {
            calls.push('next handler');
            response.end('reply');
          },
        ];
        const handleError: ErrorRequestHandler = (error, _request, response, _next) => {
          calls.push(error.message);
          response.status(500).end();
        };
        const operation = { id: 'getHealth', method: 'get', path: '/fixed', hasParameters: false } as never;
        app.get('/fixed', ...handlers).use(handleError);
        const listener = serveFixedPaths(app, { first: [], routes: [{ operation, handlers }], handleError });
        const http = createServer(createMessageClasses(app), listener);
        await once(http.listen(0, '127.0.0.1'), 'listening');
        try {
          // An address is a string only for a pipe.
          const { port } = http.address() as AddressInfo;
          assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 500);
        } finally {
          http.closeAllConnections();
          await once(http.close(), 'close');
        }
        assert.deepEqual(calls, [message]);
      });
    }
  }
});
