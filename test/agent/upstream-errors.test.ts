import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';

interface Expected {
  script: string;
  status: number;
  code: string;
  type: string;
  param: string | null;
  message: RegExp;
  retryAfter?: string;
}

const invalid = 'invalid_request_error';
const ours = { type: 'server_error', code: 'upstream_error', param: null };

/** A 4xx concerns the request and keeps the upstream's text. Other errors contain it without hosts. */
const refusals: Expected[] = [
  {
    script: 'status 400',
    status: 400,
    type: invalid,
    code: 'upstream_code_400',
    param: 'messages',
    message: /says 400/,
  },
  {
    script: 'status 404',
    status: 404,
    type: invalid,
    code: 'upstream_code_404',
    param: 'messages',
    message: /says 404/,
  },
  {
    script: 'status 429 retry-after 30',
    status: 429,
    type: 'rate_limit_error',
    code: 'upstream_code_429',
    param: 'messages',
    message: /says 429/,
    retryAfter: '30',
  },
  {
    script: 'status 401',
    status: 401,
    ...ours,
    message: /^The agent refused this server's credentials\. Check AGENT_API_KEY/,
  },
  {
    script: 'status 403',
    status: 403,
    ...ours,
    message: /^The agent refused this server's credentials\. Check AGENT_API_KEY/,
  },
  {
    script: 'status 500',
    status: 502,
    ...ours,
    message: /^The agent reported an error: Upstream says 500 from \[host\]\.$/,
  },
  { script: 'status 500 html', status: 502, ...ours, message: /^The agent had an error/ },
  {
    script: 'status 503 retry-after 30',
    status: 502,
    ...ours,
    message: /reported an error: Upstream says 503/,
    retryAfter: '30',
  },
  {
    script: 'status 504 retry-after 30',
    status: 502,
    ...ours,
    message: /reported an error: Upstream says 504/,
    retryAfter: '30',
  },
];

const bodies = (script: string): [string, object][] => [
  ['/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: script }] }],
  ['/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: script }], stream: true }],
  ['/v1/responses', { model: 'm', input: script }],
  ['/v1/responses', { model: 'm', input: script, stream: true }],
];

describe('an upstream that refuses', () => {
  let upstream: Upstream;
  let server: TestServer;
  before(async () => {
    upstream = await startUpstream();
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  for (const { script, status, retryAfter, message, ...expected } of refusals) {
    it(`with "${script}" is a ${status} on both APIs, streamed or not`, async () => {
      for (const [path, body] of bodies(script)) {
        const reply = await post(`${server.url}${path}`, body);
        assert.equal(reply.status, status);
        assert.equal(reply.headers.get('retry-after'), retryAfter ?? null);
        const text = await reply.text();
        const { message: said, ...error } = JSON.parse(text).error;
        assert.deepEqual(error, { type: expected.type, param: expected.param, code: expected.code });
        assert.match(said, message);
        if (expected.type === 'server_error') assert.doesNotMatch(text, /secret-host|upstream_code/);
      }
    });
  }

  it('with a status that the contract lists only by class keeps that status', async () => {
    for (const [path, body] of bodies('status 422')) {
      const reply = await post(`${server.url}${path}`, body);
      assert.equal(reply.status, 422);
      const { error } = JSON.parse(await reply.text());
      assert.deepEqual(
        [error.type, error.code, error.param],
        ['invalid_request_error', 'upstream_code_422', 'messages'],
      );
    }
  });

  it('is retried while it is busy, without a trace for the client', async () => {
    const before = upstream.requests.length;
    const reply = await post(`${server.url}/v1/responses`, { model: 'm', input: 'status 503 times 1\nsay Here I am.' });
    assert.equal(reply.status, 200);
    assert.equal(JSON.parse(await reply.text()).output[0].content[0].text, 'Here I am.');
    assert.equal(upstream.requests.length - before, 2);
  });

  it('midway tells its reason without its host', async () => {
    const input = 'say one two three\nerror after 2';
    const reply = await post(`${server.url}/v1/responses`, { model: 'm', input, stream: true });
    const text = await reply.text();
    assert.match(text, /response\.failed.*The agent reported an error: \[host\] ran out of memory/s);
    assert.doesNotMatch(text, /secret-host/);
    const chat = { model: 'm', messages: [{ role: 'user', content: input }], stream: true };
    const chatText = await (await post(`${server.url}/v1/chat/completions`, chat)).text();
    assert.match(chatText, /"error".*The agent reported an error: \[host\] ran out of memory/);
    assert.doesNotMatch(chatText, /secret-host/);
  });
});

describe('an unreachable upstream', () => {
  it('is a 502 without an address', async () => {
    await using server = await startTalaria({ AGENT_URL: `http://127.0.0.1:${await closedPort()}/v1` });
    const replies = await Promise.all(bodies('Hello').map(([path, body]) => post(`${server.url}${path}`, body)));
    for (const reply of replies) {
      assert.equal(reply.status, 502);
      const text = await reply.text();
      assert.deepEqual(JSON.parse(text).error, {
        message: 'The agent could not be reached.',
        type: 'server_error',
        param: null,
        code: 'upstream_error',
      });
    }
  });
});

/** Returns a port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
