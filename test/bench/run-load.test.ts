import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { type Load, runLoad } from '../../scripts/bench/run-load.ts';

interface Listening extends AsyncDisposable {
  load: Load;
}

/** Sends 10 requests, 3 concurrently, to a server of this test. */
async function listen(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const url = `http://127.0.0.1:${address.port}/path`;
  const check = (text: string) => (text === 'right' ? undefined : `it says ${text}`);
  return {
    load: { url, body: '{"a":1}', count: 10, concurrency: 3, check },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('a load', () => {
  it('sends the requested number of requests with the body, within the concurrency', async () => {
    const bodies: string[] = [];
    let running = 0;
    let most = 0;
    await using server = await listen(async (request, response) => {
      most = Math.max(most, ++running);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
      running--;
      response.end('right');
    });
    await runLoad(server.load);
    assert.deepEqual(bodies, Array(10).fill('POST /path {"a":1}'));
    assert.ok(most <= 3, `${most} at once`);
  });

  const bad: [name: string, listener: RequestListener, complaint: RegExp][] = [
    ['a wrong reply', (_request, response) => response.end('wrong'), /sent an incorrect reply: .*it says wrong/],
    ['an error status', (_request, response) => response.writeHead(503).end('right'), /status 503: right/],
    ['a connection that breaks', (_request, response) => response.destroy(), /sent an incorrect reply: SocketError/],
  ];
  for (const [name, listener, complaint] of bad) {
    it(`fails on ${name} among correct replies`, async () => {
      let count = 0;
      await using server = await listen((request, response) => {
        request.resume();
        if (++count === 5) listener(request, response);
        else response.end('right');
      });
      await assert.rejects(runLoad(server.load), complaint);
    });
  }
});
