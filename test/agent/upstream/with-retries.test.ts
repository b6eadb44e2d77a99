import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { startAgent, toText } from './upstream-harness.ts';

suite('retries of an upstream', () => {
  for (const status of [429, 502, 503, 504]) {
    test(`makes three attempts after a ${status}`, async () => {
      await using harness = await startAgent();
      await assert.rejects(harness.run(`status ${status}`), { status: status === 429 ? 429 : 502 });
      assert.equal(harness.upstream.requests.length, 3);
    });
  }

  for (const status of [400, 401, 404, 408, 500, 501]) {
    test(`makes one attempt after a ${status}`, async () => {
      await using harness = await startAgent();
      await assert.rejects(harness.run(`status ${status}`), { code: /./ });
      assert.equal(harness.upstream.requests.length, 1);
    });
  }

  test('hides earlier refusals when the last attempt is accepted', async () => {
    await using harness = await startAgent();
    assert.equal(toText(await harness.ask('status 503 times 2')), 'Scripted.');
    assert.equal(harness.upstream.requests.length, 3);
    assert.deepEqual(
      harness.warnings.map(({ attempt, err }) => [attempt, err.code]),
      [
        [1, 'upstream_error'],
        [2, 'upstream_error'],
      ],
    );
  });

  test('sends the same request each time', async () => {
    await using harness = await startAgent();
    await harness.ask('status 503 times 1');
    const [first, second] = harness.upstream.requests;
    assert.deepEqual(second?.body, first?.body);
    assert.deepEqual(second?.headers, first?.headers);
  });

  test('makes three attempts to connect', async () => {
    await using harness = await startAgent();
    await harness.upstream[Symbol.asyncDispose]();
    await assert.rejects(harness.run('hi'), {
      code: 'upstream_error',
      status: 502,
      message: 'The agent could not be reached.',
    });
    assert.equal(harness.warnings.length, 2);
  });

  test('does not retry a connection that broke after the request was sent: the agent may have run', async () => {
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.destroy();
        return true;
      },
    });
    await assert.rejects(harness.run('hi'), {
      code: 'upstream_error',
      message: 'The agent closed the connection before it answered.',
    });
    assert.equal(harness.upstream.requests.length, 1);
  });

  test('does not retry a broken stream', async () => {
    await using harness = await startAgent();
    await assert.rejects(harness.ask('break after 1'), { code: 'upstream_error' });
    assert.equal(harness.upstream.requests.length, 1);
  });

  test('does not retry an answer that is not HTTP', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.once('data', () => socket.end('what?\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    await using harness = await startAgent({}, { url: `http://127.0.0.1:${address.port}/v1` });
    await assert.rejects(harness.run('hi'), { code: 'upstream_error', status: 502 });
    assert.equal(connections, 1);
    server.close();
  });

  test('waits longer after each refusal, with jitter', async () => {
    const waits: number[][] = [];
    for (let round = 0; round < 5; round++) {
      await using harness = await startAgent({}, { limits: { upstreamRetryDelayMs: 8 } });
      await assert.rejects(harness.run('status 503'));
      waits.push(harness.warnings.map(({ waitMs }) => waitMs));
    }
    for (const [first = 0, second = 0] of waits) {
      assert.ok(first >= 4 && first <= 8, `${first} ms`);
      assert.ok(second >= 8 && second <= 16, `${second} ms`);
    }
    assert.ok(new Set(waits.flat()).size > 2, 'left to chance');
  });

  test('respects a Retry-After in seconds', async () => {
    await using harness = await startAgent({}, { limits: { upstreamRetryDelayMs: 60_000 } });
    assert.equal(toText(await harness.ask('status 429 retry-after 0 times 1')), 'Scripted.');
    assert.deepEqual(
      harness.warnings.map(({ waitMs }) => waitMs),
      [0],
    );
  });

  test('respects a Retry-After date', async () => {
    await using harness = await startAgent({}, { limits: { upstreamRetryDelayMs: 60_000 } });
    const date = new Date(Date.now() + 1000).toUTCString();
    const startedAt = performance.now();
    assert.equal(toText(await harness.ask(`status 503 retry-after ${date} times 1`)), 'Scripted.');
    const waited = performance.now() - startedAt;
    const [{ waitMs } = { waitMs: -1 }] = harness.warnings;
    assert.ok([0, 1000].includes(waitMs), `${waitMs} ms`);
    assert.ok(waited >= waitMs - 2 && waited < waitMs + 1000, `${waited} ms`);
  });

  test('returns a Retry-After above the limit to the client instead of waiting', async () => {
    await using harness = await startAgent({}, { limits: { upstreamRetryAfterMs: 5000 } });
    await assert.rejects(harness.run('status 429 retry-after 6'), {
      code: 'rate_limit_exceeded',
      status: 429,
      retryAfter: 6,
    });
    assert.equal(harness.upstream.requests.length, 1);
  });

  test('sends the client the Retry-After of the last attempt', async () => {
    await using harness = await startAgent();
    await assert.rejects(harness.run('status 429 retry-after 0'), {
      retryAfter: 0,
      message: 'Upstream says 429 from secret-host:8000.',
    });
    assert.equal(harness.upstream.requests.length, 3);
  });
});
