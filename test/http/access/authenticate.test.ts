import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { envelope, send } from '../send.ts';

const key = 'sk-talaria-0123456789';

describe('a server with a key', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: key });
  });
  after(() => server[Symbol.asyncDispose]());

  const secured: [method: string, path: string, body?: unknown][] = [
    ['GET', '/v1/models'],
    ['GET', '/v1/models/talaria'],
    ['GET', '/v1/responses/resp_1'],
    ['DELETE', '/v1/responses/resp_1'],
    ['POST', '/v1/chat/completions', { messages: [{ role: 'user', content: 'Hi' }] }],
    ['POST', '/v1/responses', { input: 'Hi' }],
  ];

  for (const [method, path, body] of secured) {
    test(`${method} ${path} without the key is a 401 that explains how to send it`, async () => {
      const reply = await send(server.url + path, { method, body });
      assert.equal(reply.status, 401);
      assert.equal(reply.headers['www-authenticate'], 'Bearer');
      assert.deepEqual(
        reply.json,
        envelope('invalid_api_key', "Missing API key: send it as 'Authorization: Bearer KEY'."),
      );
    });

    test(`${method} ${path} with a wrong key is a 401`, async () => {
      const reply = await send(server.url + path, { method, body, headers: { authorization: 'Bearer sk-wrong' } });
      assert.equal(reply.status, 401);
      assert.equal(reply.headers['www-authenticate'], 'Bearer');
      assert.deepEqual(reply.json, envelope('invalid_api_key', 'Invalid API key'));
    });

    test(`${method} ${path} with the key is let through`, async () => {
      const reply = await send(server.url + path, { method, body, headers: { authorization: `Bearer ${key}` } });
      assert.ok(reply.status === 200 || reply.status === 404, `${reply.status}`);
    });
  }

  for (const authorization of [`bearer ${key}`, `BEARER ${key}`, `Bearer   ${key}`, `Bearer ${key} `]) {
    test(`${JSON.stringify(authorization.replace(key, 'KEY'))} is the key too: the scheme has no case`, async () => {
      assert.equal((await send(`${server.url}/v1/models`, { headers: { authorization } })).status, 200);
    });
  }

  for (const authorization of [
    key,
    `Basic ${key}`,
    `Bearer${key}`,
    'Bearer',
    'Bearer ',
    `Bearer ${key}x`,
    `Bearer ${key.slice(0, -1)}`,
    `Bearer ${key.toUpperCase()}`,
    `Bearer ${key} ${key}`,
    `Bearer x, Bearer ${key}`,
  ]) {
    test(`${JSON.stringify(authorization.replaceAll(key, 'KEY'))} is not`, async () => {
      assert.equal((await send(`${server.url}/v1/models`, { headers: { authorization } })).status, 401);
    });
  }

  test('the key is checked before the body is read', async () => {
    const reply = await send(`${server.url}/v1/responses`, { body: '{"input":' });
    assert.equal(reply.status, 401);
  });

  for (const path of ['/health', '/ready', '/openapi.yaml', '/openapi.json', '/docs/']) {
    test(`${path} needs no key`, async () => assert.equal((await send(server.url + path)).status, 200));
  }

  test('a wrong key on an open path does no harm', async () => {
    const headers = { authorization: 'Bearer sk-wrong' };
    assert.equal((await send(`${server.url}/health`, { headers })).status, 200);
  });

  test('accepts the key as the official SDK sends it', async () => {
    assert.ok((await server.openai.models.list()).data.length > 0);
  });
});

test('a server without a key ignores what a client sends as one', async () => {
  await using server = await startTalaria();
  const reply = await send(`${server.url}/v1/models`, { headers: { authorization: 'Bearer anything' } });
  assert.equal(reply.status, 200);
});
