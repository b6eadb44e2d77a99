import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../../../src/config/upstream-settings.ts';
import type { ApiError } from '../../../../src/errors/api-error.ts';
import { startTalaria } from '../../../helpers/talaria.ts';
import { startUpstream } from '../../../helpers/upstream.ts';
import { waitUntil } from '../../../helpers/wait-until.ts';
import { createChatAgent, never, readAll, toRequest, toText } from '../upstream-harness.ts';
import { startProxy } from './start-proxy.ts';

const tlsFile = (name: string) => fileURLToPath(new URL(`../../../helpers/tls/${name}`, import.meta.url));
const caFile = tlsFile('ca.pem');
const portOf = (url: string) => Number(new URL(url).port);

/** Starts an HTTPS upstream whose certificate no public authority issued. */
async function startSecureUpstream() {
  const seen: IncomingHttpHeaders[] = [];
  const answer: RequestListener = (request, response) => {
    seen.push(request.headers);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('data: {"choices":[{"delta":{"content":"secure"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  };
  const server = createServer(
    { cert: readFileSync(tlsFile('cert.pem')), key: readFileSync(tlsFile('key.pem')) },
    answer,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    port: address.port,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function ask(url: string, settings: Partial<UpstreamSettings>, text = 'say hi'): Promise<string> {
  const limits = { upstreamRetryDelayMs: 2 };
  await using agent = createChatAgent({ url, settings: { ...defaultUpstreamSettings, ...settings }, limits });
  return toText(await readAll(await agent.run(toRequest(text), { signal: never })));
}

const causeOf = (error: unknown) => String((error as ApiError).cause);

suite('an agent behind a proxy', () => {
  test('receives plain requests forwarded, with its own host', async () => {
    await using upstream = await startUpstream();
    await using proxy = await startProxy(portOf(upstream.url));
    assert.equal(await ask('http://llm.example.invalid/v1', { proxy: proxy.url }), 'hi');
    assert.deepEqual(proxy.seen, ['POST http://llm.example.invalid/v1/chat/completions']);
    assert.equal(upstream.requests[0]?.headers.host, 'llm.example.invalid');
    assert.equal(upstream.requests[0]?.headers['proxy-authorization'], undefined);
  });

  test('receives encrypted requests through a tunnel', async () => {
    await using upstream = await startSecureUpstream();
    await using proxy = await startProxy(upstream.port);
    assert.equal(await ask('https://upstream.test/v1', { proxy: proxy.url, caFile }), 'secure');
    assert.deepEqual(proxy.seen, ['CONNECT upstream.test:443']);
    assert.equal(upstream.seen[0]?.['host'], 'upstream.test');
  });

  test('is authenticated by the user of the proxy’s URL', async () => {
    await using upstream = await startSecureUpstream();
    await using plain = await startUpstream();
    await using tunnel = await startProxy(upstream.port, 'me:pass');
    await using forwarder = await startProxy(portOf(plain.url), 'me:pass');
    assert.equal(await ask('https://upstream.test/v1', { proxy: tunnel.url, caFile }), 'secure');
    assert.equal(await ask('http://llm.example.invalid/v1', { proxy: forwarder.url }), 'hi');
    await assert.rejects(
      ask('https://upstream.test/v1', { proxy: tunnel.url.replace('me:pass@', ''), caFile }),
      (error) => {
        assert.match(causeOf(error), /the proxy refused the tunnel with status 407/);
        return true;
      },
    );
  });

  test('never shows the password of the proxy', async () => {
    await using plain = await startUpstream();
    await using forwarder = await startProxy(portOf(plain.url), 'me:pass-1234');
    const proxy = forwarder.url.replace('me:', 'you:');
    await assert.rejects(ask('http://llm.example.invalid/v1', { proxy }), (error: ApiError) => {
      assert.equal(error.status, 407);
      assert.doesNotMatch(`${error.message} ${causeOf(error)}`, /pass-1234/);
      return true;
    });
  });

  test('is stopped when its run is', async () => {
    await using upstream = await startUpstream();
    await using proxy = await startProxy(portOf(upstream.url));
    const settings = { ...defaultUpstreamSettings, proxy: proxy.url };
    await using agent = createChatAgent({ url: 'http://llm.example.invalid/v1', settings });
    const controller = new AbortController();
    const closed = upstream.nextClose();
    await agent.run(toRequest('hang after 1'), controller);
    controller.abort();
    await closed;
  });

  test('is unreachable when the proxy is', async () => {
    await assert.rejects(ask('http://llm.example.invalid/v1', { proxy: 'http://127.0.0.1:1' }), {
      code: 'upstream_error',
      message: 'The agent could not be reached.',
    });
    await assert.rejects(ask('https://upstream.test/v1', { proxy: 'http://127.0.0.1:1' }), {
      message: 'The agent could not be reached.',
    });
  });

  test('is asked for its models through the proxy of the environment', async () => {
    await using upstream = await startUpstream();
    await using proxy = await startProxy(portOf(upstream.url));
    const settings = { AGENT_URL: 'http://llm.example.invalid/v1', HTTP_PROXY: proxy.url };
    await using server = await startTalaria(settings);
    assert.equal((await server.openai.models.list()).data.length, 2);
    assert.deepEqual(proxy.seen, ['GET http://llm.example.invalid/v1/models']);
  });

  test('on this machine is reached directly', async () => {
    await using upstream = await startUpstream();
    await using proxy = await startProxy(portOf(upstream.url));
    await using server = await startTalaria({ AGENT_URL: upstream.url, HTTP_PROXY: proxy.url });
    assert.equal((await server.openai.models.list()).data.length, 2);
    assert.deepEqual(proxy.seen, []);
  });

  test('leaves no connection open when it is disposed', async () => {
    await using upstream = await startSecureUpstream();
    await using proxy = await startProxy(upstream.port);
    await ask('https://upstream.test/v1', { proxy: proxy.url, caFile });
    await waitUntil(() => proxy.open === 0, 'closed connections');
  });
});

suite('an agent with a certificate of a private authority', () => {
  test('is trusted with its ca_file, and refused without', async () => {
    await using upstream = await startSecureUpstream();
    const url = `https://127.0.0.1:${upstream.port}/v1`;
    assert.equal(await ask(url, { caFile }), 'secure');
    await assert.rejects(ask(url, { retries: 0 }), (error: ApiError) => {
      assert.equal(error.message, 'The agent could not be reached.');
      assert.match(causeOf(error), /certificate/);
      return true;
    });
  });

  test('still must have the right name', async () => {
    await using upstream = await startSecureUpstream();
    await using proxy = await startProxy(upstream.port);
    await assert.rejects(ask('https://other.test/v1', { proxy: proxy.url, caFile, retries: 0 }), (error) => {
      assert.match(causeOf(error), /altnames/);
      return true;
    });
  });
});
