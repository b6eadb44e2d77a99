import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { describe, test } from 'node:test';
import express, { type Response } from 'express';
import { ApiError } from '../../src/errors/api-error.ts';
import { createMessageClasses } from '../../src/http/create-message-classes.ts';
import { handleError } from '../../src/http/handle-error.ts';
import { createRequestSignal } from '../../src/http/request-signal.ts';
import { type StreamOptions, sendJson, sendStream } from '../../src/http/send-reply.ts';
import { toBatches } from '../helpers/event-batches.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { untilStill } from '../helpers/until-still.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { exchange, send } from './send.ts';
import { dataOf, open, readText } from './stream-reader.ts';

type Batches = AsyncIterable<readonly object[]>;

interface StreamServer extends AsyncDisposable {
  url: string;
  shutdown: AbortController;
  /** The response being written. */
  response: Promise<Response>;
}

/** Starts a server that replies with the stream, sent by the code under test. */
async function serve(
  events: (response: Response) => Batches,
  { keepAliveMs = 60_000, stallMs = 60_000 }: Partial<StreamOptions> = {},
): Promise<StreamServer> {
  const shutdown = new AbortController();
  const opened = Promise.withResolvers<Response>();
  const app = express();
  app.get('/', async (_request, response) => {
    opened.resolve(response);
    const signal = createRequestSignal(shutdown.signal)(response);
    const reply = Promise.resolve({ kind: 'stream' as const, events: toBatches(events(response)) });
    await sendStream(response, reply, { signal, keepAliveMs, stallMs });
  });
  app.use(handleError);
  const server: Server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    url: `http://127.0.0.1:${address.port}/`,
    shutdown,
    response: opened.promise,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function* batches(...list: object[][]): AsyncGenerator<object[]> {
  yield* list;
}

/** The chunks of a chunked reply, which are the writes of its server. */
function toChunks(reply: string): string[] {
  const [, ...rest] = reply.split('\r\n\r\n');
  const chunks: string[] = [];
  let body = Buffer.from(rest.join('\r\n\r\n'));
  for (;;) {
    const line = body.indexOf('\r\n');
    const size = Number.parseInt(body.subarray(0, line).toString(), 16);
    if (!size) return chunks;
    chunks.push(body.subarray(line + 2, line + 2 + size).toString());
    body = body.subarray(line + 2 + size + 2);
  }
}

describe('a stream', () => {
  test('is sent with headers that keep caches and proxies from buffering it', async () => {
    await using server = await startTalaria();
    for (const [path, body] of [
      ['/v1/responses', { input: 'Hi', stream: true }],
      ['/v1/chat/completions', { messages: [{ role: 'user', content: 'Hi' }], stream: true }],
    ] as const) {
      const reply = await send(server.url + path, { body });
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['content-type'], 'text/event-stream; charset=utf-8');
      assert.equal(reply.headers['cache-control'], 'no-cache, no-transform');
      assert.equal(reply.headers['x-accel-buffering'], 'no');
      assert.equal(reply.headers['content-length'], undefined);
      assert.equal(dataOf(reply.text).at(-1), '[DONE]');
    }
  });

  test('names events that have a type, and only those', async () => {
    await using server = await serve(() => batches([{ type: 'one', a: 1 }, { object: 'chunk' }, { type: 7 }]));
    const reply = await send(server.url);
    assert.equal(
      reply.text,
      'event: one\ndata: {"type":"one","a":1}\n\ndata: {"object":"chunk"}\n\ndata: {"type":7}\n\ndata: [DONE]\n\n',
    );
  });

  test('is written turn by turn: one write for all events that are ready in one', async () => {
    await using server = await serve(() => batches([{ n: 1 }, { n: 2 }, { n: 3 }], [{ n: 4 }], [{ n: 5 }, { n: 6 }]));
    const reply = await exchange(server.url, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    assert.deepEqual(
      toChunks(reply).map((chunk) => dataOf(chunk).length),
      [7],
    );
  });

  test('without any event is just [DONE]', async () => {
    await using server = await serve(() => batches());
    assert.deepEqual(dataOf((await send(server.url)).text), ['[DONE]']);
  });

  test('starts at once: its first batch is not buffered', async () => {
    const gate = Promise.withResolvers<void>();
    await using server = await serve(async function* () {
      yield [{ n: 1 }];
      await gate.promise;
      yield [{ n: 2 }];
    });
    const incoming = await open(server.url);
    const [first] = await once(incoming, 'data');
    assert.equal(String(first), 'data: {"n":1}\n\n');
    gate.resolve();
    assert.deepEqual(dataOf(await readText(incoming)), ['{"n":2}', '[DONE]']);
  });

  test('that fails before its first batch is a plain error with a status', async () => {
    const refusal = new ApiError('rate_limit_exceeded', 'Slow down.', { retryAfter: 1.2 });
    await using server = await serve(() => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(refusal) }),
    }));
    const reply = await send(server.url);
    assert.equal(reply.status, 429);
    assert.equal(reply.headers['retry-after'], '2', 'whole seconds, rounded up');
    assert.match(String(reply.headers['content-type']), /^application\/json/);
  });

  test('that fails later ends with the error as its last event, and without [DONE]', async () => {
    await using server = await serve(async function* () {
      yield [{ n: 1 }];
      throw new Error('secret text');
    });
    const { status, text } = await send(server.url);
    assert.equal(status, 200);
    const [first, last, ...more] = dataOf(text);
    assert.equal(first, '{"n":1}');
    assert.equal(JSON.parse(last ?? '').error.code, 'internal_error');
    assert.deepEqual(more, []);
    assert.doesNotMatch(text, /secret/);
  });

  test('ends with an error event when the server stops', async () => {
    await using server = await serve(async function* (response) {
      const signal = createRequestSignal(server.shutdown.signal)(response);
      yield [{ n: 1 }];
      await once(signal, 'abort');
      throw new Error('the producer stopped');
    });
    const incoming = await open(server.url);
    await once(incoming, 'data');
    server.shutdown.abort(new ApiError('server_shutting_down', 'The server is shutting down.'));
    const [last] = dataOf(await readText(incoming));
    assert.equal(JSON.parse(last ?? '').error.code, 'server_shutting_down');
  });

  test('that is idle gets keep-alive comments', async () => {
    await using server = await startTalaria({ API_SERVER_KEEP_ALIVE_MS: '100' });
    const body = { input: '/tokens 3 delay 350ms', stream: true };
    const { text } = await send(`${server.url}/v1/responses`, { body });
    const comments = text.match(/^: keep-alive\n\n/gm) ?? [];
    assert.ok(comments.length >= 4, `${comments.length} comments`);
    assert.equal(text.replaceAll(': keep-alive\n\n', '').match(/^:/m), null);
    assert.equal(dataOf(text).at(-1), '[DONE]');
    const types = dataOf(text)
      .slice(0, -1)
      .map((data) => JSON.parse(data).type);
    assert.equal(types.at(-1), 'response.completed');
  });

  test('that is busy gets no comment', async () => {
    await using server = await startTalaria({ API_SERVER_KEEP_ALIVE_MS: '400' });
    const body = { input: '/tokens 40 delay 20ms', stream: true };
    const { text } = await send(`${server.url}/v1/responses`, { body });
    assert.doesNotMatch(text, /^:/m);
  });
});

describe('a client that does not read', () => {
  test('blocks the producer after a bounded amount, and resumes it by reading', async () => {
    const batch = [{ text: 'x'.repeat(64 * 1024) }];
    const total = 2000;
    let produced = 0;
    await using server = await serve(async function* () {
      for (; produced < total; produced++) yield batch;
    });
    const incoming = await open(server.url);
    const response = await server.response;
    const stalledAt = await untilStill(() => (response.writableNeedDrain ? produced : -1));
    assert.ok(stalledAt < total / 2, `${stalledAt} batches were sent without a reader`);
    assert.ok(response.writableLength < 1024 * 1024, `${response.writableLength} bytes wait in memory`);
    let received = 0;
    for await (const chunk of incoming) received += chunk.length;
    assert.equal(produced, total);
    assert.ok(received > total * 64 * 1024);
  });

  test('blocks the upstream too: nothing is buffered on the way', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_MODEL: 'test-model' });
    const total = 3000;
    const body = { messages: [{ role: 'user', content: `flood ${total}x65536` }], stream: true };
    const incoming = await open(`${server.url}/v1/chat/completions`, body);
    const sent = upstream.requests.find(({ path }) => path === '/v1/chat/completions');
    const stalledAt = await untilStill(() => sent?.eventsWritten ?? 0);
    assert.ok(stalledAt < total / 2, `the upstream could write ${stalledAt} of ${total} events`);
    const closed = upstream.nextClose();
    incoming.destroy();
    assert.equal((await closed).finished, false);
  });
});

describe('a client that disconnects', () => {
  test('stops the producer at once, also while it waits for something else', async () => {
    const stopped = Promise.withResolvers<unknown>();
    await using server = await serve(async function* (response) {
      const signal = createRequestSignal(server.shutdown.signal)(response);
      yield [{ n: 1 }];
      await once(signal, 'abort');
      stopped.resolve(signal.reason);
      throw signal.reason;
    });
    const incoming = await open(server.url);
    await once(incoming, 'data');
    incoming.destroy();
    const reason = await stopped.promise;
    assert.ok(reason instanceof ApiError);
    assert.equal(reason.code, 'request_cancelled');
  });

  test('is disconnected when it reads nothing for too long', async () => {
    const stopped = Promise.withResolvers<void>();
    await using server = await serve(
      async function* () {
        try {
          for (;;) yield [{ text: 'x'.repeat(64 * 1024) }];
        } finally {
          stopped.resolve();
        }
      },
      { stallMs: 50 },
    );
    const incoming = await open(server.url);
    const lost = once(incoming, 'error');
    await stopped.promise;
    incoming.resume();
    await lost;
  });

  test('stops a producer that waits for it to read', async () => {
    const stopped = Promise.withResolvers<void>();
    await using server = await serve(async function* () {
      try {
        for (;;) yield [{ text: 'x'.repeat(64 * 1024) }];
      } finally {
        stopped.resolve();
      }
    });
    const incoming = await open(server.url);
    const response = await server.response;
    while (!response.writableNeedDrain) await new Promise(setImmediate);
    incoming.destroy();
    await stopped.promise;
  });

  test('ends the upstream request within 100 ms, streamed or not', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_MODEL: 'test-model' });
    const messages = [{ role: 'user', content: 'slow 1000x10ms' }];
    const leave = async (stream: boolean): Promise<number> => {
      const gone = new AbortController();
      const asked = upstream.nextRequest();
      const url = `${server.url}/v1/chat/completions`;
      const headers = { 'content-type': 'application/json' };
      const reply = fetch(url, {
        method: 'POST',
        body: JSON.stringify({ messages, stream }),
        headers,
        signal: gone.signal,
      });
      await asked;
      if (stream) await reply;
      const closed = upstream.nextClose();
      const left = Date.now();
      gone.abort();
      await reply.catch(() => undefined);
      const { at, finished } = await closed;
      assert.equal(finished, false);
      return at - left;
    };
    for (const stream of [true, false]) {
      // The best of five: a machine with much else to do is late for reasons of its own.
      const times = [];
      for (let count = 0; count < 5; count++) times.push(await leave(stream));
      assert.ok(Math.min(...times) < 100, `${times.join(', ')} ms`);
    }
  });
});

test('a refusal of the agent keeps its status on a requested stream', async () => {
  await using server = await startTalaria();
  const script = '/status 429 retry-after 2';
  for (const [path, body] of [
    ['/v1/responses', { input: script, stream: true }],
    ['/v1/chat/completions', { messages: [{ role: 'user', content: script }], stream: true }],
  ] as const) {
    const reply = await send(server.url + path, { body });
    assert.equal(reply.status, 429, path);
    assert.equal(reply.headers['retry-after'], '2');
    assert.match(String(reply.headers['content-type']), /^application\/json/);
    assert.match(reply.text, /"type":"rate_limit_error"/);
  }
});

describe('a plain reply', () => {
  test('has its exact content-length in bytes', async () => {
    const text = `naïve 日本 🎉 ${'é'.repeat(100_000)}`;
    const app = express();
    app.get('/', (_request, response) => sendJson(response, { kind: 'json', status: 200, body: { text } }));
    const server = createServer(createMessageClasses(app), app);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const address = server.address();
      assert.ok(typeof address === 'object' && address);
      const reply = await fetch(`http://127.0.0.1:${address.port}/`);
      const bytes = Buffer.from(await reply.arrayBuffer());
      assert.equal(reply.headers.get('content-length'), `${bytes.length}`);
      assert.deepEqual(JSON.parse(bytes.toString()), { text });
    } finally {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  });
});
