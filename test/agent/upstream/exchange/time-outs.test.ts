import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { readUntilError, startAgent, toText } from '../upstream-harness.ts';

const sse = 'text/event-stream';
const json = 'application/json';
const short = 150;
/** Longer than a busy machine needs to answer. */
const ample = 2000;
const surelyOver = 3000;

suite('time-outs of an upstream', { concurrency: true }, () => {
  test('fail an upstream that does not answer, after one request', async () => {
    await using harness = await startAgent({}, { limits: { upstreamFirstByteMs: short } });
    const closed = harness.upstream.nextClose();
    await assert.rejects(harness.run('hang'), {
      code: 'upstream_timeout',
      status: 504,
      message: 'The agent did not answer in time.',
    });
    await closed;
    assert.equal(harness.upstream.requests.length, 1, 'the agent may have run');
  });

  test('fail a stream that stalls, after the events before', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: short } });
    const closed = harness.upstream.nextClose();
    const { events, error } = await readUntilError(await harness.run('hang after 2'));
    assert.equal(toText(events), 'token1 token2 ');
    assert.deepEqual(error, {
      code: 'upstream_timeout',
      status: 504,
      message: 'The agent stopped sending before its answer was complete.',
    });
    await closed;
  });

  test('do not limit a stream that does not stall', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: ample, upstreamFirstByteMs: ample } });
    const text = toText(await harness.ask('slow 30x100ms'));
    assert.match(text, /token30/);
  });

  test('do not count the time of a paused reader', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: ample, upstreamQueuedBatches: 1 } });
    const events = await harness.run('flood 20000x1000');
    await harness.upstreamStalls(surelyOver);
    let length = 0;
    for await (const batch of events) length += toText(batch).length;
    assert.equal(length, 20_000 * 1000);
  });

  test('map an error without its body by status', async () => {
    await using harness = await startAgent(
      {
        answer: (_request, response) => {
          response.writeHead(400, { 'content-type': 'application/json' }).flushHeaders();
          return true;
        },
      },
      { limits: { upstreamIdleMs: short } },
    );
    await assert.rejects(harness.run('hi'), { code: 'invalid_value', status: 400 });
  });

  test('retry a connection that is not established in time', async () => {
    // The server does not speak TLS, so the handshake never ends.
    let connections = 0;
    const silent = createServer((socket) => {
      connections++;
      socket.on('error', () => {});
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    assert.ok(address !== null && typeof address === 'object');
    const url = `https://127.0.0.1:${address.port}/v1`;
    await using harness = await startAgent({}, { url, limits: { upstreamConnectMs: short, upstreamAttempts: 2 } });
    await assert.rejects(harness.run('hi'), {
      code: 'upstream_timeout',
      status: 504,
      message: 'The agent could not be reached in time.',
    });
    assert.equal(connections, 2);
    silent.close();
  });

  test('do not count comments and pings as activity', async () => {
    await using harness = await startAgent(
      {
        answer: (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: 'hi' } }] })}\n\n`);
          const ping = setInterval(() => response.write(': still there\n\ndata:\n\nevent: ping\ndata: {}\n\n'), 20);
          response.on('close', () => clearInterval(ping));
          return true;
        },
      },
      { limits: { upstreamIdleMs: short } },
    );
    const { events, error } = await readUntilError(await harness.run('hi'));
    assert.equal(toText(events), 'hi');
    assert.equal(error.message, 'The agent stopped sending before its answer was complete.');
  });

  test('allow the first event as long as an answer, even after early headers', async () => {
    await using harness = await startAgent(
      {
        answer: (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
          const comment = setInterval(() => response.write(': thinking\n\n'), 20);
          setTimeout(() => {
            clearInterval(comment);
            response.end('data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
          }, 400);
          return true;
        },
      },
      { limits: { upstreamIdleMs: short, upstreamFirstByteMs: 5000 } },
    );
    assert.equal(toText(await harness.ask('hi')), 'hi');
  });

  test('end a wait for a free connection, and nothing is sent later', async () => {
    await using harness = await startAgent({}, { limits: { upstreamConnections: 1, upstreamConnectionWaitMs: ample } });
    const holder = new AbortController();
    await harness.run('hang after 1', holder.signal);
    await assert.rejects(harness.run('hi'), {
      code: 'upstream_timeout',
      message: 'No connection to the agent became free in time.',
    });
    assert.equal(
      (await harness.agent.models({ signal: holder.signal })).length,
      2,
      'models have connections of their own',
    );
    holder.abort();
    assert.match(toText(await harness.ask('hello')), /hello/);
    assert.deepEqual(
      harness.upstream.requests.flatMap(({ body }) => body?.messages?.[0].content ?? []),
      ['hang after 1', 'hello'],
    );
  });

  for (const [name, head, body] of [
    ['[DONE]', sse, 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'],
    ['finish_reason', sse, 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\n'],
    ['a whole completion', json, JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] })],
  ] as const) {
    test(`close a body that is left open after ${name}`, async () => {
      await using harness = await startAgent(
        {
          answer: (_request, response) => {
            response.writeHead(200, { 'content-type': head, ...(head === json ? { 'content-length': '5000' } : {}) });
            response.write(body);
            return true;
          },
        },
        { limits: { upstreamFinishMs: short, upstreamCloseMs: short } },
      );
      const closed = harness.upstream.nextClose();
      assert.equal(toText(await harness.ask('hi')), 'hi');
      await closed;
    });
  }

  test('map an error with an endless body by status', async () => {
    await using harness = await startAgent(
      {
        answer: (_request, response) => {
          response.writeHead(400, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write('x'), 10);
          response.on('close', () => clearInterval(drip));
          return true;
        },
      },
      { limits: { upstreamErrorMs: short } },
    );
    await assert.rejects(harness.run('hi'), { code: 'invalid_value', status: 400 });
  });
});
