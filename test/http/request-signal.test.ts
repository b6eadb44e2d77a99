import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { createRequestSignal } from '../../src/http/request-signal.ts';

interface Exchange {
  signal: AbortSignal;
  response: ServerResponse;
  /** The reply, or the error of the client. */
  reply: Promise<unknown>;
  leave(): void;
}

/** A server whose replies the test writes. */
async function startServer() {
  const shutdown = new AbortController();
  const requestSignal = createRequestSignal(shutdown.signal);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    shutdown,
    requestSignal,
    async request(): Promise<Exchange> {
      const client = new AbortController();
      const arrived = once(server, 'request');
      const reply = fetch(`http://127.0.0.1:${address.port}`, { signal: client.signal })
        .then((response) => response.text())
        .catch((reason: unknown) => reason);
      const [, response] = await arrived;
      return { signal: requestSignal(response), response, reply, leave: () => client.abort() };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function end({ response, reply }: Exchange): Promise<void> {
  const closed = once(response, 'close');
  response.end('done');
  await Promise.all([closed, reply]);
}

function codeOf({ signal }: Exchange): string | undefined {
  return signal.reason instanceof ApiError ? signal.reason.code : signal.reason;
}

const stopping = new ApiError('server_shutting_down', 'The server is shutting down.');

describe('the signal of a request', () => {
  it('is aborted when its client disconnects before the reply has ended, and no other is', async () => {
    await using server = await startServer();
    const [first, second] = [await server.request(), await server.request()];
    first.leave();
    await once(first.signal, 'abort');
    assert.equal(codeOf(first), 'request_cancelled');
    assert.equal(second.signal.aborted, false);
  });

  it('is aborted from the start when its client has already disconnected', async () => {
    await using server = await startServer();
    const exchange = await server.request();
    exchange.leave();
    await once(exchange.response, 'close');
    const late = { ...exchange, signal: server.requestSignal(exchange.response) };
    assert.equal(codeOf(late), 'request_cancelled');
  });

  it('is not aborted by the end of its reply', async () => {
    await using server = await startServer();
    const exchange = await server.request();
    await end(exchange);
    assert.equal(exchange.signal.aborted, false);
  });

  for (const ended of [0, 1, 2, 3]) {
    it(`is aborted when the server must stop, if request ${ended} of four was the only one to end`, async () => {
      await using server = await startServer();
      const exchanges: Exchange[] = [];
      for (let count = 0; count < 4; count++) exchanges.push(await server.request());
      const over = exchanges[ended] ?? assert.fail();
      await end(over);
      exchanges.push(await server.request());
      server.shutdown.abort(stopping);
      for (const exchange of exchanges) {
        assert.equal(codeOf(exchange), exchange === over ? undefined : 'server_shutting_down');
      }
    });
  }

  it('is aborted from the start once the server must stop', async () => {
    await using server = await startServer();
    server.shutdown.abort(stopping);
    assert.equal(codeOf(await server.request()), 'server_shutting_down');
  });

  it('is aborted for each, even when one ends during the abort of the others', async () => {
    await using server = await startServer();
    const exchanges = [await server.request(), await server.request(), await server.request()];
    exchanges[0]?.signal.addEventListener('abort', () => exchanges[0]?.response.destroy());
    server.shutdown.abort(stopping);
    assert.deepEqual(exchanges.map(codeOf), Array(3).fill('server_shutting_down'));
  });
});
