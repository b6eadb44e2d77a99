import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { ApiError } from '../../../../src/errors/api-error.ts';
import { startUpstreamProcess } from '../../../helpers/upstream-process.ts';
import { createChatAgent, readAll, readUntilError, startAgent, toRequest, toText } from '../upstream-harness.ts';

const cancelled = { code: 'request_cancelled', status: 499 };

/** The upstream notices within this time, by its own clock. */
const promptMs = 100;

function assertPrompt(since: number, until: number): void {
  assert.ok(until - since < promptMs, `${until - since} ms`);
}

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

suite('cancelling a run', () => {
  const moments = {
    'while a reader waits': 'hang after 2',
    'while tokens come in': 'slow 1000x5ms',
  };
  for (const [moment, text] of Object.entries(moments)) {
    test(`closes the upstream's socket at once ${moment}`, async () => {
      await using harness = await startAgent();
      const controller = new AbortController();
      const iterator = (await harness.run(text, controller.signal))[Symbol.asyncIterator]();
      await iterator.next();
      const next = readUntilError({ [Symbol.asyncIterator]: () => iterator });
      const closed = harness.upstream.nextClose();
      const abortedAt = Date.now();
      controller.abort();
      const close = await closed;
      assertPrompt(abortedAt, close.at);
      assert.equal(close.finished, false);
      assert.equal((await next).error.code, 'request_cancelled');
      assert.equal(harness.upstream.openStreams, 0);
      assert.equal(listenersOf(controller.signal), 0);
    });
  }

  test("closes the socket of an upstream in another process at once, by that process's clock", async () => {
    await using upstream = await startUpstreamProcess();
    await using agent = createChatAgent({ url: upstream.url });
    const controller = new AbortController();
    const iterator = (await agent.run(toRequest('slow 1000x10ms'), controller))[Symbol.asyncIterator]();
    await iterator.next();
    const closed = upstream.nextClose();
    // The answer proves that the earlier message has arrived too.
    assert.equal((await upstream.stats()).openStreams, 1);
    const abortedAt = Date.now();
    controller.abort();
    assertPrompt(abortedAt, (await closed).at);
    assert.equal((await upstream.stats()).openStreams, 0);
  });

  test('closes the socket without a pending read, and throws at the next read', async () => {
    await using harness = await startAgent();
    const controller = new AbortController();
    const iterator = (await harness.run('slow 1000x5ms', controller.signal))[Symbol.asyncIterator]();
    const closed = harness.upstream.nextClose();
    const abortedAt = Date.now();
    controller.abort();
    assertPrompt(abortedAt, (await closed).at);
    await assert.rejects(iterator.next(), cancelled);
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  });

  test('closes the socket while it is paused', async () => {
    await using harness = await startAgent({}, { limits: { upstreamQueuedBatches: 1 } });
    const controller = new AbortController();
    const events = await harness.run('flood 20000x1000', controller.signal);
    await harness.upstreamStalls();
    const closed = harness.upstream.nextClose();
    const abortedAt = Date.now();
    controller.abort();
    assertPrompt(abortedAt, (await closed).at);
    await assert.rejects(readAll(events), cancelled);
  });

  test('closes the socket before the upstream has answered', async () => {
    await using harness = await startAgent();
    const controller = new AbortController();
    const requested = harness.upstream.nextRequest();
    const run = harness.run('hang', controller.signal);
    await requested;
    const closed = harness.upstream.nextClose();
    const abortedAt = Date.now();
    controller.abort();
    await assert.rejects(run, cancelled);
    assertPrompt(abortedAt, (await closed).at);
    assert.equal(listenersOf(controller.signal), 0);
  });

  test('ends a wait between attempts at once, without another request', async () => {
    const { promise: warned, resolve } = Promise.withResolvers<void>();
    await using harness = await startAgent(
      {},
      { limits: { upstreamRetryDelayMs: 60_000 }, log: { warn: () => resolve() } },
    );
    const controller = new AbortController();
    const run = harness.run('status 503', controller.signal);
    await warned;
    const abortedAt = Date.now();
    controller.abort();
    await assert.rejects(run, cancelled);
    assertPrompt(abortedAt, Date.now());
    assert.equal(harness.upstream.requests.length, 1);
    assert.equal(listenersOf(controller.signal), 0);
  });

  test('ends a wait between attempts when the agent is disposed', async () => {
    const { promise: warned, resolve } = Promise.withResolvers<void>();
    await using harness = await startAgent(
      {},
      { limits: { upstreamRetryDelayMs: 60_000 }, log: { warn: () => resolve() } },
    );
    const refused = assert.rejects(harness.run('status 503'), { code: 'server_shutting_down' });
    await warned;
    await harness.agent[Symbol.asyncDispose]();
    await refused;
  });

  test('ends a wait for a connection at once, and keeps that connection open', async () => {
    await using harness = await startAgent({}, { limits: { upstreamConnections: 1 } });
    const requested = harness.upstream.nextRequest();
    const first = await harness.run('slow 20x5ms');
    await requested;
    const controller = new AbortController();
    const second = harness.run('second', controller.signal);
    const third = harness.ask('third');
    controller.abort();
    await assert.rejects(second, cancelled);
    assert.match(toText(await readAll(first)), /token20/);
    assert.match(toText(await third), /third/);
    assert.equal(harness.upstream.connections, 1);
    assert.equal(harness.upstream.requests.length, 2, 'the second was never sent');
  });

  test('ends a wait for an upstream that does not accept the connection', async () => {
    // The server does not speak TLS, so the handshake never ends.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    assert.ok(address !== null && typeof address === 'object');
    await using agent = createChatAgent({ url: `https://127.0.0.1:${address.port}/v1` });
    const controller = new AbortController();
    const connected = once(silent, 'connection');
    const run = agent.run(toRequest('hi'), controller);
    const [socket] = await connected;
    controller.abort();
    await assert.rejects(run, cancelled);
    socket.destroy();
    silent.close();
  });

  test('sends no request when the signal is already aborted', async () => {
    await using harness = await startAgent();
    await assert.rejects(harness.run('hi', AbortSignal.abort()), cancelled);
    assert.equal(harness.upstream.connections, 0);
  });

  test("throws the signal's own reason when it is an ApiError", async () => {
    await using harness = await startAgent();
    const controller = new AbortController();
    const events = await harness.run('hang after 1', controller.signal);
    controller.abort(new ApiError('server_shutting_down', 'Stopping.'));
    assert.equal((await readUntilError(events)).error.message, 'Stopping.');
  });

  test('drops the rest of an answer that has been read completely', async () => {
    await using harness = await startAgent();
    const controller = new AbortController();
    const closed = harness.upstream.nextClose();
    const events = await harness.run('hi', controller.signal);
    await closed;
    controller.abort();
    await assert.rejects(readAll(events), cancelled);
  });

  test('closes the socket when the reader stops, although the upstream is idle', async () => {
    await using harness = await startAgent();
    const controller = new AbortController();
    const closed = harness.upstream.nextClose();
    let leftAt = 0;
    for await (const batch of await harness.run('hang after 2', controller.signal)) {
      assert.ok(batch.length > 0);
      leftAt = Date.now();
      break;
    }
    assertPrompt(leftAt, (await closed).at);
    assert.equal(listenersOf(controller.signal), 0);
  });

  for (const text of ['hi', 'json\nhi', 'status 400', 'status 503', 'break after 1', 'error after 1']) {
    test(`leaves no listener on the signal after ${JSON.stringify(text)}`, async () => {
      await using harness = await startAgent();
      const { signal } = new AbortController();
      await harness
        .run(text, signal)
        .then(readAll)
        .catch(() => {});
      assert.equal(listenersOf(signal), 0);
    });
  }
});
