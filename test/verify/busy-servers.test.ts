/** An overloaded server is not judged, whatever the transport. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { loadContract } from '../../src/contract/load-contract.ts';
import { selectAudits } from '../../src/verify/catalogue.ts';
import { Pacer } from '../../src/verify/pacer.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { type VerifyOptions, verify } from '../../src/verify/verify.ts';

const check = createReplyCheck(loadContract());
const models = { object: 'list', data: [{ id: 'm', object: 'model', created: 1, owned_by: 'us' }] };
const limit = { message: 'Slow down.', type: 'tokens', param: null, code: 'rate_limit_exceeded' };

interface Case {
  /** Answers valid requests. The list of models and invalid requests are answered as they should be. */
  answer: RequestListener;
  /** Sent in reply to each frame of a WebSocket. */
  frame?: object;
  only: string;
  options?: Partial<VerifyOptions>;
}

async function look({ answer, frame, only, options = {} }: Case) {
  const asked: number[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') return void response.end(JSON.stringify(models));
    const isProbe = text === JSON.stringify({ messages: 0, input: 0 });
    if (isProbe) return void response.writeHead(400).end('{}');
    asked.push(performance.now());
    answer(request, response);
  });
  if (frame) {
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.on('message', () => {
        asked.push(performance.now());
        socket.send(JSON.stringify(frame));
      });
    });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const settings = { url: new URL(`http://127.0.0.1:${address.port}`), timeoutMs: 10_000 };
  try {
    const report = await verify(settings, { audits: selectAudits([only]), check, ...options });
    return { asked, results: report.results, result: report.results[0] };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const answerWith =
  (status: number, body: object, headers: IncomingHttpHeaders = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { ...headers }).end(JSON.stringify(body));
  };

const streamed =
  (event: object): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(event)}\n\n`);
  };

const refused = { error: limit };
const failed = { object: 'response', status: 'failed', error: limit, output: [] };
const cases: Record<string, Case> = {
  'a 429': { answer: answerWith(429, refused), only: 'chat.shape' },
  'a 429 to a streamed request': { answer: answerWith(429, refused), only: 'chat-stream.shape' },
  'a 503 with Retry-After': { answer: answerWith(503, {}, { 'retry-after': '1' }), only: 'responses.shape' },
  'a rate limit in a stream of chunks': { answer: streamed({ error: limit }), only: 'chat-stream.shape' },
  'a rate limit with a numeric code': { answer: streamed({ error: { code: 429 } }), only: 'chat-stream.shape' },
  'an error event in a stream': { answer: streamed({ ...limit, type: 'error' }), only: 'stream.shape' },
  'a failed response in a stream': {
    answer: streamed({ type: 'response.failed', response: failed }),
    only: 'stream.shape',
  },
  'a failed response': { answer: answerWith(200, failed), only: 'responses.shape' },
  'a frame with status 429': {
    answer: answerWith(500, {}),
    frame: { type: 'error', status: 429, error: { code: 'x', message: 'Slow down.' } },
    only: 'websocket.turn',
  },
  'a frame with a rate limit': {
    answer: answerWith(500, {}),
    frame: { type: 'error', error: limit },
    only: 'websocket.turn',
  },
};

describe('is inconclusive after one retry', { concurrency: 5 }, () => {
  for (const [name, example] of Object.entries(cases)) {
    test(name, async () => {
      const { asked, result } = await look(example);
      assert.equal(result?.outcome, 'inconclusive', JSON.stringify(result));
      assert.match(result?.message ?? '', /too many requests/);
      assert.equal(asked.length, 2);
      const [first = 0, second = 0] = asked;
      assert.ok(second - first >= 950, `${second - first} ms between the requests`);
    });
  }
});

test('a 429 to the upgrade of a WebSocket is inconclusive', async () => {
  const server = createServer((_request, response) => void response.end(JSON.stringify(models)));
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\n\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const settings = { url: new URL(`http://127.0.0.1:${address.port}`), timeoutMs: 10_000 };
  const [result] = (await verify(settings, { audits: selectAudits(['websocket.turn']), check })).results;
  server.close();
  server.closeAllConnections();
  assert.equal(result?.outcome, 'inconclusive', JSON.stringify(result));
});

test('the retry waits as long as Retry-After says', async () => {
  const { asked } = await look({ answer: answerWith(429, refused, { 'retry-after': '2' }), only: 'chat.shape' });
  const [first = 0, second = 0] = asked;
  assert.ok(second - first >= 1950, `${second - first} ms`);
});

test('a Retry-After beyond a minute is not waited for', async () => {
  const answer = answerWith(429, refused, { 'retry-after': '3600' });
  const { asked, result } = await look({ answer, only: 'chat.shape' });
  assert.equal(asked.length, 1);
  assert.equal(result?.message, 'the server answers 429: too many requests, and asks to wait 3600 s');
});

test('a 503 without Retry-After is a failure', async () => {
  const { result } = await look({ answer: answerWith(503, {}), only: 'chat.shape' });
  assert.equal(result?.outcome, 'fail');
});

test('a server that recovers is judged', async () => {
  let isFirst = true;
  const answer: RequestListener = (request, response) => {
    const listener = isFirst ? answerWith(429, refused, { 'retry-after': '0' }) : answerWith(200, { object: 'x' });
    isFirst = false;
    listener(request, response);
  };
  const { result } = await look({ answer, only: 'chat.shape' });
  assert.equal(result?.outcome, 'fail');
  assert.match(result?.message ?? '', /is missing/);
});

test('--rate spaces the requests of all audits', async () => {
  const { asked, results } = await look({ answer: answerWith(400, {}), only: 'leniency', options: { rate: 20 } });
  assert.ok(results.length > 10);
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  const spanMs = (asked.at(-1) ?? 0) - (asked[0] ?? 0);
  assert.ok(spanMs >= (asked.length - 1) * 50 - 100, `${asked.length} requests in ${spanMs} ms`);
  assert.ok(gaps.length > 10);
});

test('--parallel bounds the audits that run at a time', async () => {
  let running = 0;
  let most = 0;
  const answer: RequestListener = (_request, response) => {
    most = Math.max(most, ++running);
    setTimeout(() => {
      running -= 1;
      response.writeHead(400).end('{}');
    }, 20);
  };
  await look({ answer, only: 'leniency', options: { parallel: 1 } });
  assert.equal(most, 1);
  await look({ answer, only: 'leniency', options: { parallel: 4 } });
  assert.ok(most > 1 && most <= 4, `${most}`);
});

test('the time spent waiting for a turn is counted once for overlapping waits', async () => {
  const pacer = new Pacer();
  pacer.pause(200);
  await Promise.all([pacer.turn(), pacer.turn()]);
  assert.ok(pacer.waitedMs >= 190 && pacer.waitedMs < 400, `${pacer.waitedMs}`);
});
