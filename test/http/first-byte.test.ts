import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream, type UpstreamRequest } from '../helpers/upstream.ts';
import { send } from './send.ts';
import { dataOf, open, readText } from './stream-reader.ts';

/** The shortest interval that the server accepts. */
const keepAliveMs = '100';
const comment = ': keep-alive\n\n';
const chat = { model: 'test-model', messages: [{ role: 'user', content: 'hi' }], stream: true };
const response = { model: 'test-model', input: 'hi', stream: true };

interface Silent extends AsyncDisposable {
  server: TestServer;
  upstream: Upstream;
  /** Lets the upstream go on. */
  speak(): void;
}

/** Starts a server whose upstream holds back each request to `path` until `speak`, and then answers by `answer`. */
async function startSilent(
  answer: (response: ServerResponse) => boolean,
  { path = '/v1/chat/completions', settings = {} }: { path?: string; settings?: Record<string, string> } = {},
): Promise<Silent> {
  const gate = Promise.withResolvers<void>();
  const upstream = await startUpstream({
    async answer(request: UpstreamRequest, reply) {
      if (request.path !== path) return false;
      await gate.promise;
      return answer(reply);
    },
  });
  const variables = { AGENT_URL: upstream.url, API_SERVER_KEEP_ALIVE_MS: keepAliveMs, ...settings };
  const server = await startTalaria(variables);
  return {
    server,
    upstream,
    speak: () => gate.resolve(),
    async [Symbol.asyncDispose]() {
      gate.resolve();
      await server[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

const byScript = () => false;

function refuse(reply: ServerResponse): boolean {
  reply.writeHead(400, { 'content-type': 'application/json' });
  reply.end(JSON.stringify({ error: { message: 'No such voice.', type: 'invalid_request_error', param: 'voice' } }));
  return true;
}

/** Reads a stream to its end. The upstream speaks once the client has the head and a comment. */
async function readSlowly(silent: Silent, path: string, body: unknown, headers: Record<string, string> = {}) {
  const incoming = await open(silent.server.url + path, body, headers);
  assert.equal(incoming.statusCode, 200);
  assert.match(incoming.headers['content-type'] ?? '', /^text\/event-stream/);
  const text = await readText(incoming, (read) => {
    if (read.startsWith(comment)) silent.speak();
    return false;
  });
  assert.ok(text.startsWith(comment), 'the first byte is that of a comment');
  return dataOf(text);
}

describe('the first byte of a stream', () => {
  for (const { name, path, body } of [
    { name: 'chat completion', path: '/v1/chat/completions', body: chat },
    { name: 'response', path: '/v1/responses', body: response },
  ]) {
    test(`a ${name} gets its head and a comment while the upstream sends nothing`, async () => {
      await using silent = await startSilent(byScript);
      const data = await readSlowly(silent, path, body);
      assert.match(data.join(), /You|said/);
      assert.equal(data.at(-1), '[DONE]');
    });

    test(`a ${name} with an Idempotency-Key gets them too`, async () => {
      await using silent = await startSilent(byScript);
      const data = await readSlowly(silent, path, body, { 'idempotency-key': `first-byte${path}` });
      assert.equal(data.at(-1), '[DONE]');
    });

    test(`a ${name} gets them while the model list is read`, async () => {
      await using silent = await startSilent(byScript, { path: '/v1/models' });
      const data = await readSlowly(silent, path, { ...body, model: undefined });
      assert.equal(data.at(-1), '[DONE]');
    });

    test(`a ${name} gets them while it waits for a slot`, async () => {
      await using silent = await startSilent(byScript, { settings: { MAX_RUNS: '1' } });
      const first = send(silent.server.url + path, { body: { ...body, stream: false } });
      await silent.upstream.nextRequest();
      const data = await readSlowly(silent, path, body);
      assert.equal(data.at(-1), '[DONE]');
      assert.equal((await first).status, 200);
    });

    test(`a ${name} that is refused before has its status`, async () => {
      await using silent = await startSilent(refuse);
      silent.speak();
      const reply = await send(silent.server.url + path, { body });
      assert.equal(reply.status, 400);
      assert.match(reply.text, /No such voice/);
    });
  }

  test('a chat completion that is refused later ends in an error chunk', async () => {
    await using silent = await startSilent(refuse);
    const data = (await readSlowly(silent, '/v1/chat/completions', chat)).map((line) => JSON.parse(line));
    assert.equal(data.length, 1);
    assert.equal(data[0].error.param, 'voice');
    assert.match(data[0].error.message, /No such voice/);
  });

  for (const headers of [{}, { 'idempotency-key': 'late-refusal' }] as Record<string, string>[]) {
    test(`a response that is refused later begins and fails (${Object.keys(headers).join() || 'no key'})`, async () => {
      await using silent = await startSilent(refuse);
      const data = await readSlowly(silent, '/v1/responses', response, headers);
      assert.equal(data.at(-1), '[DONE]');
      const events = data.slice(0, -1).map((line) => JSON.parse(line));
      assert.deepEqual(
        events.map(({ type, sequence_number }) => [sequence_number, type]),
        [
          [0, 'response.created'],
          [1, 'response.in_progress'],
          [2, 'response.failed'],
        ],
      );
      assert.match(events[2].response.error.message, /No such voice/);
    });
  }

  test('the official client raises the late refusal of a response', async () => {
    await using silent = await startSilent(refuse);
    const stream = silent.server.openai.responses.stream({ model: 'test-model', input: 'hi' });
    await silent.upstream.nextRequest();
    // One and a half intervals: the head is out.
    setTimeout(silent.speak, 150);
    const final = await stream.finalResponse();
    assert.equal(final.status, 'failed');
    assert.match(final.error?.message ?? '', /No such voice/);
  });
});
