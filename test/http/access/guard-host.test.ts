import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { envelope, exchange, send } from '../send.ts';

describe('a server without a key', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  for (const host of [
    'localhost',
    'localhost:8642',
    '127.0.0.1:8642',
    '[::1]:8642',
    '[::1]',
    'LOCALHOST:1',
    'a.localhost',
  ]) {
    test(`answers to ${host}`, async () => {
      assert.equal((await send(`${server.url}/health`, { headers: { host } })).status, 200);
    });
  }

  for (const host of [
    'evil.example',
    'evil.example:8642',
    '127.0.0.1.evil.example',
    '10.0.0.1:8642',
    '[::2]:1',
    'localhost.evil.example',
  ]) {
    test(`refuses ${host} (DNS rebinding)`, async () => {
      const reply = await send(`${server.url}/v1/responses`, { headers: { host }, body: { input: 'Run!' } });
      assert.equal(reply.status, 403);
      assert.deepEqual(
        reply.json,
        envelope(
          'host_not_allowed',
          'Host not allowed. A server without an API key accepts only loopback names such as localhost.',
        ),
      );
    });
  }

  for (const path of ['/health', '/ready', '/docs/', '/openapi.json', '/nowhere']) {
    test(`refuses a foreign host on ${path} too`, async () => {
      assert.equal((await send(server.url + path, { headers: { host: 'evil.example' } })).status, 403);
    });
  }

  test('an address in the request line does not stand in for the Host header', async () => {
    const reply = await exchange(
      server.url,
      'GET http://localhost/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    assert.match(reply, /^HTTP\/1\.1 403 /);
  });

  test('HTTP/1.0 without a Host header is served: no browser sends that', async () => {
    const reply = await exchange(server.url, 'GET /health HTTP/1.0\r\n\r\n');
    assert.match(reply, /^HTTP\/1\.1 200 /);
  });
});

for (const settings of [{}, { API_SERVER_KEY: 'sk-1' }]) {
  test(`HTTP/1.1 without a Host header is a 400 in the envelope ${'API_SERVER_KEY' in settings ? 'with' : 'without'} a key`, async () => {
    await using server = await startTalaria(settings);
    for (const path of ['/health', '/v1/models', '/docs/', '/nowhere']) {
      const reply = await exchange(server.url, `GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`);
      assert.match(reply, /^HTTP\/1\.1 400 /);
      assert.match(reply, /^X-Request-Id: req_/im);
      const expected = envelope('invalid_value', 'Missing Host header.');
      assert.deepEqual(JSON.parse(reply.slice(reply.indexOf('\r\n\r\n') + 4)), expected);
    }
  });
}

test('a server with a key answers to any host: the key is what guards it', async () => {
  await using server = await startTalaria({ API_SERVER_KEY: 'sk-1' });
  const headers = { host: 'talaria.example.org', authorization: 'Bearer sk-1' };
  assert.equal((await send(`${server.url}/v1/models`, { headers })).status, 200);
});
