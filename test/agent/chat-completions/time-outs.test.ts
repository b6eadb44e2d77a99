import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { readUntilError, startAgent, toText } from './agent-harness.ts';

/** undici looks at its timers twice a second: a time-out this short comes within a second or so. */
const short = 150;
const surelyOver = 1500;

suite('time-outs of an upstream', { concurrency: true }, () => {
  test('gives up an upstream that does not answer, after one request', async () => {
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

  test('gives up a stream that falls silent, after what came before', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: short } });
    const closed = harness.upstream.nextClose();
    const { events, error } = await readUntilError(await harness.run('hang after 2'));
    assert.equal(toText(events), 'token1 token2 ');
    assert.deepEqual(error, {
      code: 'upstream_timeout',
      status: 504,
      message: 'The agent fell silent while it answered.',
    });
    await closed;
  });

  test('lets a stream take as long as it likes while it is not silent', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: short, upstreamFirstByteMs: short } });
    const text = toText(await harness.ask('slow 15x100ms'));
    assert.match(text, /token15/);
  });

  test('does not take a reader who stands still for a silent upstream', async () => {
    await using harness = await startAgent({}, { limits: { upstreamIdleMs: short, upstreamQueuedBatches: 1 } });
    const events = await harness.run('flood 20000x1000');
    await harness.upstreamStalls(surelyOver);
    let length = 0;
    for await (const batch of events) length += toText(batch).length;
    assert.equal(length, 20_000 * 1000);
  });

  test('gives up an error whose body never comes, by its status', async () => {
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

  test('gives up a connection that is not made in time, and tries again', async () => {
    // Speaks no TLS: the handshake never ends.
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
});
