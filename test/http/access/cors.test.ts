import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { envelope, type Reply, send } from '../send.ts';

const key = 'sk-cors';
const authorization = `Bearer ${key}`;
const page = 'https://chat.example.org';
const foreign = 'https://evil.example';
const refused = envelope('origin_not_allowed', 'Origin not allowed: see API_SERVER_CORS_ORIGINS.');

const preflight = (server: TestServer, origin: string, headers: Record<string, string> = {}): Promise<Reply> =>
  send(`${server.url}/v1/responses`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', ...headers },
  });

function assertAllowed(reply: Reply, origin: string): void {
  assert.equal(reply.headers['access-control-allow-origin'], origin);
  assert.equal(
    reply.headers['access-control-expose-headers'],
    'X-Request-Id, Retry-After, X-Talaria-Usage, Idempotency-Replayed, X-Session-Id, X-Hermes-Session-Id, X-RateLimit-Limit-Requests, X-RateLimit-Remaining-Requests, X-RateLimit-Reset-Requests',
  );
  assert.equal(reply.headers.vary, 'Origin');
}

function assertNotAllowed(reply: Reply): void {
  assert.equal(reply.headers['access-control-allow-origin'], undefined);
  assert.equal(reply.headers['access-control-expose-headers'], undefined);
  assert.equal(reply.headers.vary, 'Origin', 'a cache must not hand this reply to another origin');
}

describe('CORS', () => {
  test('a preflight is answered before authentication: browsers send it without the key', async () => {
    await using server = await startTalaria({ API_SERVER_KEY: key, API_SERVER_CORS_ORIGINS: page });
    const reply = await preflight(server, page, { 'access-control-request-headers': 'authorization, x-stainless-os' });
    assert.equal(reply.status, 204);
    assertAllowed(reply, page);
    assert.equal(reply.headers['access-control-allow-methods'], 'GET, POST, DELETE, OPTIONS');
    assert.equal(reply.headers['access-control-allow-headers'], 'authorization, x-stainless-os');
    assert.equal(reply.headers['access-control-max-age'], '600');
    assert.equal(reply.text, '');
  });

  test('a preflight that names no headers gets those every client needs', async () => {
    await using server = await startTalaria({ API_SERVER_KEY: key, API_SERVER_CORS_ORIGINS: page });
    const reply = await preflight(server, page);
    assert.equal(reply.headers['access-control-allow-headers'], 'Authorization, Content-Type');
  });

  for (const origin of ['app://obsidian.md', 'chrome-extension://abcdefghijklmnop', 'null']) {
    test(`an app or extension may call when its origin is listed: ${origin}`, async () => {
      await using server = await startTalaria({ API_SERVER_CORS_ORIGINS: `${page},${origin}` });
      assertAllowed(await preflight(server, origin), origin);
      const reply = await send(`${server.url}/v1/responses`, { body: { input: 'Hi' }, headers: { origin } });
      assert.equal(reply.status, 200);
      assertAllowed(reply, origin);
    });
  }

  test('a listed origin may read plain replies, streams and errors alike', async () => {
    await using server = await startTalaria({
      API_SERVER_KEY: key,
      API_SERVER_CORS_ORIGINS: `https://a.example,${page}`,
    });
    const headers = { origin: page, authorization };
    const url = `${server.url}/v1/responses`;
    for (const [body, status] of [
      [{ input: 'Hi' }, 200],
      [{ input: 'Hi', stream: true }, 200],
      [{ input: 7 }, 400],
      ['{', 400],
    ] as const) {
      const reply = await send(url, { body, headers });
      assert.equal(reply.status, status);
      assertAllowed(reply, page);
    }
    const unauthorized = await send(url, { body: { input: 'Hi' }, headers: { origin: page } });
    assert.equal(unauthorized.status, 401);
    assertAllowed(unauthorized, page);
    assertAllowed(await send(`${server.url}/nowhere`, { headers }), page);
  });

  test('with a key, an origin that is not listed may not read, and its preflight is refused', async () => {
    await using server = await startTalaria({ API_SERVER_KEY: key, API_SERVER_CORS_ORIGINS: page });
    for (const origin of [foreign, 'http://localhost:3000', 'https://chat.example.org.evil.example', 'null']) {
      const denied = await preflight(server, origin);
      assert.equal(denied.status, 403, origin);
      assert.deepEqual(denied.json, refused);
      assertNotAllowed(denied);
      const reply = await send(`${server.url}/v1/models`, { headers: { origin, authorization } });
      assert.equal(reply.status, 200, 'the key is valid: the request is served, but the page may not read the reply');
      assertNotAllowed(reply);
    }
  });

  test('by default pages of this machine may read', async () => {
    await using server = await startTalaria();
    for (const origin of [
      'http://localhost:3000',
      'http://127.0.0.1:5173',
      'https://app.localhost',
      'http://[::1]:8080',
    ]) {
      assertAllowed(await send(`${server.url}/v1/models`, { headers: { origin } }), origin);
      assert.equal((await preflight(server, origin)).status, 204);
    }
  });

  test('without a key a foreign page is refused outright: to send a request is to run the agent', async () => {
    await using server = await startTalaria();
    for (const origin of [foreign, 'null', 'file://', 'http://localhost.evil.example', 'chrome-extension://abc']) {
      const headers = { origin, 'content-type': 'application/json' };
      const reply = await send(`${server.url}/v1/responses`, { body: { input: 'Run!' }, headers });
      assert.equal(reply.status, 403, origin);
      assert.deepEqual(reply.json, refused);
      assertNotAllowed(reply);
      assert.equal((await preflight(server, origin)).status, 403);
    }
  });

  test('a list of origins replaces the default', async () => {
    await using server = await startTalaria({ API_SERVER_CORS_ORIGINS: page });
    assertAllowed(await send(`${server.url}/v1/models`, { headers: { origin: page } }), page);
    const reply = await send(`${server.url}/v1/models`, { headers: { origin: 'http://localhost:3000' } });
    assert.equal(reply.status, 403);
  });

  test('* allows any origin where a key guards the server', async () => {
    await using server = await startTalaria({ API_SERVER_KEY: key, API_SERVER_CORS_ORIGINS: '*' });
    for (const origin of [foreign, page, 'null']) {
      assert.equal((await preflight(server, origin)).status, 204);
      assertAllowed(await send(`${server.url}/v1/models`, { headers: { origin, authorization } }), origin);
    }
  });

  test('the docs page may call its own server, whatever the list', async () => {
    await using server = await startTalaria({ API_SERVER_CORS_ORIGINS: page });
    const reply = await send(`${server.url}/v1/responses`, { headers: { origin: server.url }, body: { input: 'Hi' } });
    assert.equal(reply.status, 200);
    assertAllowed(reply, server.url);
  });

  test('a request without an Origin gets no CORS headers', async () => {
    await using server = await startTalaria();
    const reply = await send(`${server.url}/v1/models`);
    const names = Object.keys(reply.headers).filter((name) => name.startsWith('access-control'));
    assert.deepEqual(names, []);
  });

  test('OPTIONS that is no preflight is a method like any other', async () => {
    await using server = await startTalaria();
    assert.equal((await send(`${server.url}/v1/responses`, { method: 'OPTIONS' })).status, 405);
  });
});
