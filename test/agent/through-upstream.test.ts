import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { APIError, InternalServerError } from 'openai';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type UpstreamClose } from '../helpers/upstream.ts';
import { startUpstreamProcess, type UpstreamProcess } from '../helpers/upstream-process.ts';

const model = 'any-name';
/** From the client's abort until the upstream sees its connection close. */
const stopsWithinMs = 100;
/** A busy machine may be slow at one attempt. A server that does not stop fails all of them. */
const tries = 3;

interface Kind {
  name: string;
  path: string;
  body(text: string): object;
}

const kinds: Kind[] = [
  { name: 'chat completion', path: '/v1/chat/completions', body: (content) => ({ model, messages: [user(content)] }) },
  { name: 'response', path: '/v1/responses', body: (input) => ({ model, input }) },
];

describe('a client that disconnects', () => {
  let upstream: UpstreamProcess;
  let server: TestServer;
  before(async () => {
    upstream = await startUpstreamProcess();
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  for (const { name, path, body } of kinds) {
    it(`closes the upstream connection of a streamed ${name} within ${stopsWithinMs} ms`, async () => {
      await assertStops(async (signal) => {
        const response = await send(`${server.url}${path}`, { ...body('slow 500x20ms'), stream: true }, signal);
        const first = await response.body?.getReader().read();
        assert.equal(first?.done, false);
      });
    });

    it(`closes the upstream connection of a ${name} that has sent nothing yet`, async () => {
      await assertStops(async (signal) => {
        const { requests } = await upstream.stats();
        sendInVain(`${server.url}${path}`, { ...body('hang'), stream: true }, signal);
        await until(async () => (await upstream.stats()).requests > requests);
      });
    });

    it(`stops the upstream of a streamed ${name} that the client does not read`, async () => {
      await assertStops(async (signal) => {
        const flood = { ...body('flood 4000x20000'), stream: true };
        assert.equal((await send(`${server.url}${path}`, flood, signal)).status, 200);
      });
    });

    it(`closes the upstream connection of a plain ${name} within ${stopsWithinMs} ms`, async () => {
      // In this process, where the progress of a plain answer can be observed.
      await using near = await startUpstream();
      await using nearServer = await startTalaria({ AGENT_URL: near.url });
      const begin = async (signal: AbortSignal) => {
        const reading = near.nextRequest();
        sendInVain(`${nearServer.url}${path}`, body('slow 500x5ms'), signal);
        const request = await reading;
        await until(() => setImmediate(request.eventsWritten > 2));
      };
      await assertStops(begin, { nextClose: async () => ({ closing: near.nextClose() }) });
    });
  }

  it('does not affect other requests to the same upstream', async () => {
    const controller = new AbortController();
    const other = server.openai.responses.create({ model, input: 'slow 10x20ms' });
    const body = { model, input: 'slow 500x20ms', stream: true };
    assert.equal((await send(`${server.url}/v1/responses`, body, controller.signal)).status, 200);
    controller.abort();
    assert.match((await other).output_text, /token10/);
  });

  /** Starts an answer, disconnects, and reads the upstream's clock. */
  async function assertStops(
    begin: (signal: AbortSignal) => Promise<void>,
    from: { nextClose: () => Promise<{ closing: Promise<UpstreamClose> }> } = { nextClose },
  ): Promise<void> {
    const took: number[] = [];
    while (took.length < tries && !took.some((milliseconds) => milliseconds <= stopsWithinMs)) {
      const controller = new AbortController();
      await begin(controller.signal);
      const { closing } = await from.nextClose();
      const abortedAt = Date.now();
      controller.abort();
      const close = await closing;
      assert.equal(close.finished, false);
      took.push(close.at - abortedAt);
    }
    assert.ok(Math.min(...took) <= stopsWithinMs, `it took ${took.join(', ')} ms`);
  }

  /** Resolves once the other process listens for the next close. */
  async function nextClose(): Promise<{ closing: Promise<UpstreamClose> }> {
    const closing = upstream.nextClose();
    // Messages arrive in order, so this answer proves that the earlier message has arrived.
    await upstream.stats();
    return { closing };
  }
});

describe('an upstream that is killed', () => {
  let upstream: UpstreamProcess;
  let server: TestServer;
  before(async () => {
    upstream = await startUpstreamProcess();
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  it('ends each run with one failure, and later requests with a 502', async () => {
    const [chat, response] = await Promise.all([
      server.openai.chat.completions.create({ model, messages: [user('slow 500x20ms')], stream: true }),
      server.openai.responses.create({ model, input: 'slow 500x20ms', stream: true }),
    ]);
    const { requests } = await upstream.stats();
    const plain = kinds.map(({ path, body }) => post(`${server.url}${path}`, body('slow 500x20ms')));
    await until(async () => (await upstream.stats()).requests >= requests + plain.length);
    const chatEvents = chat[Symbol.asyncIterator]();
    const responseEvents = response[Symbol.asyncIterator]();
    await chatEvents.next();
    await responseEvents.next();
    await upstream.kill('SIGKILL');

    // Reading the stream checks that the failure is the only terminal event, followed by [DONE].
    const last = (await Array.fromAsync({ [Symbol.asyncIterator]: () => responseEvents })).at(-1);
    assert.ok(last?.type === 'response.failed');
    assert.equal(last.response.status, 'failed');
    assert.partialDeepStrictEqual(last.response.error, {
      code: 'upstream_error',
      message: "The agent's stream ended early.",
    });
    await assert.rejects(Array.fromAsync({ [Symbol.asyncIterator]: () => chatEvents }), (error) => {
      assert.ok(error instanceof APIError);
      assert.deepEqual([error.code, error.type], ['upstream_error', 'server_error']);
      return true;
    });
    for (const reply of await Promise.all(plain)) await assertEnvelope(reply);
    for (const { path, body } of kinds) await assertEnvelope(await post(`${server.url}${path}`, body('Hello')));
    await assert.rejects(async () => await server.openai.models.list(), InternalServerError);
  });

  async function assertEnvelope(reply: Response): Promise<void> {
    assert.equal(reply.status, 502);
    const text = await reply.text();
    const { error } = JSON.parse(text);
    assert.deepEqual([error.type, error.code, error.param], ['server_error', 'upstream_error', null]);
    const port = new URL(upstream.url).port;
    assert.ok(!text.includes(port) && !text.includes('ECONN') && !text.includes('127.0.0.1'), text);
  }
});

/** Calls `fetch` directly: an aborted reply must not be checked as a complete one. */
function send(url: string, body: object, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

/** Sends a request that is aborted before its reply has begun. */
function sendInVain(url: string, body: object, signal: AbortSignal): void {
  send(url, body, signal).then(
    () => assert.fail('a reply came'),
    (error: unknown) => assert.ok(signal.aborted, `${error}`),
  );
}

function user(content: string) {
  return { role: 'user' as const, content };
}

/** Polls until a condition holds. Each poll takes at least one turn of an event loop. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It has not become so within 5 seconds.');
  }
}
