import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { audits } from '../../src/verify/catalogue.ts';
import { toBase } from '../../src/verify/find-target.ts';
import { UnreachableError } from '../../src/verify/probe.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { toJunit } from '../../src/verify/report/to-junit.ts';
import { verify } from '../../src/verify/verify.ts';

const key = 'sk-hostile-secret';
const check = createReplyCheck(loadContract());

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const run = (url: string, timeoutMs = 1000) => verify({ url: new URL(url), key, timeoutMs }, { audits, check });

/** Every audit of any server ends with a reason that concerns the server. */
async function expectVerdicts(listener: RequestListener) {
  await using server = await serve(listener);
  const report = await run(server.url);
  assert.equal(report.results.length, audits.length);
  for (const { id, message } of report.results) assert.doesNotMatch(message ?? '', /the audit itself broke/, id);
  assert.ok(report.totals.fail > 10, JSON.stringify(report.totals));
  assert.ok(!JSON.stringify(report).includes(key));
  assert.ok(!toJunit(report).includes(key));
  return report;
}

test('a server that answers everything but its models in HTML', async () => {
  await expectVerdicts((request, response) => {
    if (request.url === '/v1/models') return response.writeHead(200).end('{"object":"list","data":[]}');
    return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome</body></html>');
  });
});

test('a server that answers everything with {}', async () => {
  await expectVerdicts((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});

test('a server that answers everything with values of the wrong type', async () => {
  const body = '{"id":5,"object":null,"data":{"a":1},"output":[null,5,[]],"choices":[null],"response":[],"usage":"no"}';
  await expectVerdicts((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
});

test('a server that answers everything with a broken stream', async () => {
  await expectVerdicts((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('event: x\ndata: {"type":5}\n\ndata: nonsense\n\ndata: [1,2]\n\n: no end');
  });
});

test('a server that echoes its key', async () => {
  const report = await expectVerdicts((request, response) => {
    const { authorization } = request.headers;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ error: authorization }));
  });
  assert.ok(JSON.stringify(report).includes('Bearer ***'));
});

test('a server that hangs after listing its models is not retried endlessly', async () => {
  const started = performance.now();
  const report = await expectVerdicts((request, response) => {
    if (request.url === '/v1/models') response.writeHead(200).end('{"object":"list","data":[]}');
  });
  assert.ok(report.results.some(({ message }) => message?.includes('so this one was not sent')));
  assert.ok(performance.now() - started < 60_000, `${performance.now() - started} ms`);
});

test('a server that closes in the middle of its answers', async () => {
  await expectVerdicts((request, response) => {
    if (request.url === '/v1/models') return response.writeHead(200).end('{"object":"list","data":[]}');
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
    response.write('{"id":', () => response.destroy());
    return response;
  });
});

test('explains why a server is unreachable', async () => {
  const reasonOf = (url: string) =>
    run(url, 500).then(
      () => assert.fail('it was reached'),
      (reason) => {
        assert.ok(reason instanceof UnreachableError);
        return reason.message;
      },
    );
  assert.match(
    await reasonOf('http://127.0.0.1:9'),
    /^http:\/\/127\.0\.0\.1:9 can't be reached: the connection was refused\.$/,
  );

  await using silent = await serve(() => undefined);
  assert.match(await reasonOf(silent.url), /the request timed out\.$/);

  const garbage = createSocketServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-nonsense\r\n'));
  garbage.listen(0, '127.0.0.1');
  await once(garbage, 'listening');
  const address = garbage.address();
  assert.ok(typeof address === 'object' && address);
  assert.match(await reasonOf(`http://127.0.0.1:${address.port}`), /it does not speak HTTP \(HPE_\w+\)\.$/);
  garbage.close();
});

test('accepts a URL with and without /v1', () => {
  for (const url of ['http://a:1', 'http://a:1/', 'http://a:1/v1', 'http://a:1/v1/']) {
    assert.equal(toBase(new URL(url)), 'http://a:1/v1');
  }
  assert.equal(toBase(new URL('https://a/gateway/v1')), 'https://a/gateway/v1');
  assert.equal(toBase(new URL('https://user:pass@a/gateway')), 'https://a/gateway/v1');
});

test('shows a shared exchange as evidence of each audit, also when it failed', async () => {
  const report = await expectVerdicts((request, response) => {
    const status = request.url === '/v1/models' ? 401 : 500;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"No."}}');
  });
  const failed = report.results.filter(({ outcome }) => outcome === 'fail');
  const bare = failed.filter(({ evidence }) => evidence?.request === undefined);
  assert.deepEqual(
    bare.map(({ id }) => id),
    [],
  );
});
