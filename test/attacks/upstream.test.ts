import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { connectSocket } from '../websocket/connect-socket.ts';
import { type Arena, startArena } from './arena.ts';
import { type HostileUpstream, startHostileUpstream } from './hostile-upstream.ts';

interface Scene extends AsyncDisposable {
  upstream: HostileUpstream;
  arena: Arena;
  url: string;
  /** Size of the database on disk in bytes. */
  storedBytes(): Promise<number>;
}

async function setScene(settings: Record<string, string> = {}): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'talaria-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const upstream = stack.use(await startHostileUpstream());
  const store = { STORE_URL: `sqlite:${join(directory, 'test.db')}` };
  const arena = stack.use(await startArena({ settings: { AGENT_URL: upstream.url, ...store, ...settings } }));
  const parts = stack.move();
  return {
    upstream,
    arena,
    url: arena.server.url,
    async storedBytes() {
      const files = await readdir(directory);
      const sizes = await Promise.all(files.map(async (file) => (await stat(join(directory, file))).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

const respond = (url: string, input: string, fields: object = {}, headers: Record<string, string> = {}) =>
  post(`${url}/v1/responses`, { input, ...fields }, headers);

const chat = (url: string, content: string, fields: object = {}) =>
  post(`${url}/v1/chat/completions`, { model: 'm', messages: [{ role: 'user', content }], ...fields });

// biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON it expects to have been sent
const toJson = async (reply: Promise<Response> | Response): Promise<any> => (await reply).json();

async function untilOver(url: string, id: string) {
  for (;;) {
    const response = await toJson(fetch(`${url}/v1/responses/${id}`));
    if (!['queued', 'in_progress'].includes(response.status)) return response;
    await delay(50);
  }
}

const megabyte = 1024 * 1024;

suite('a hostile upstream', () => {
  // Before: 3.9 GB of memory and a 2.7 GB database in 15 seconds.
  test('that never ends an answer of 100 tokens', async () => {
    await using scene = await setScene();
    const { url, upstream } = scene;
    const limit = { max_output_tokens: 100 };
    const background = await toJson(respond(url, 'runaway', { ...limit, background: true }));
    const plain = await toJson(respond(url, 'runaway', limit));
    const [streamed, completion] = await Promise.all([
      respond(url, 'trickle', { ...limit, stream: true }).then((reply) => reply.text()),
      toJson(chat(url, 'runaway', { max_tokens: 100, n: 3 })),
    ]);
    for (const response of [plain, await untilOver(url, background.id)]) {
      assert.deepEqual(response.incomplete_details, { reason: 'max_output_tokens' });
      assert.ok(JSON.stringify(response).length < 20_000, `${JSON.stringify(response).length} bytes`);
    }
    assert.match(streamed, /event: response.incomplete\n/);
    assert.ok(streamed.length < megabyte, `${streamed.length} bytes`);
    assert.deepEqual(
      completion.choices.map((choice: { finish_reason: string }) => choice.finish_reason),
      ['length', 'length', 'length'],
    );
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'stopping the upstream');
    assert.ok((await scene.storedBytes()) < 16 * megabyte, `${await scene.storedBytes()} bytes stored`);
    await scene.arena.assertUnharmed({ megabytes: 400 });
  });

  // Before: an answer grew to V8's longest string (512 MB); a plain one of 300 MB was a 200 and took 2.0 GB of memory.
  test('that never ends an answer to a request without a limit', async () => {
    await using scene = await setScene({ MAX_ANSWER_BYTES: `${4 * megabyte}` });
    const { url, upstream } = scene;
    const background = await toJson(respond(url, 'runaway', { background: true }));
    for (const input of ['json', 'calls', 'trickle']) {
      const reply = await respond(url, input);
      const { error } = await toJson(reply);
      assert.deepEqual([reply.status, error.code], [502, 'answer_too_large'], input);
    }
    const [streamed, completion] = await Promise.all([respond(url, 'runaway', { stream: true }), chat(url, 'runaway')]);
    assert.match(await streamed.text(), /event: response.failed\ndata: .*larger than this server allows/);
    assert.equal((await toJson(completion)).error.code, 'answer_too_large');
    const failed = await untilOver(url, background.id);
    assert.match(failed.error.message, /larger than this server allows/);
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'stopping the upstream');
    assert.ok((await scene.storedBytes()) < 100 * megabyte, `${await scene.storedBytes()} bytes stored`);
    await scene.arena.assertUnharmed();
  });

  // Before: 512 connections were occupied for 120 s, 8 requests failed, and a valid one then waited for more than 20 s.
  test('that leaves 520 bodies open after its answer', async () => {
    await using scene = await setScene();
    const ask = async () => (await chat(scene.url, 'done-open')).text();
    for (let round = 0; round < 4; round++) await Promise.all(Array.from({ length: 130 }, ask));
    await assertServed(scene);
  });

  test('that leaves bodies open in other ways', async () => {
    await using scene = await setScene();
    for (const input of ['finish-open', 'short-json', 'endless-error', 'wrong-type']) {
      const ask = async () => (await chat(scene.url, input)).text();
      await Promise.all(Array.from({ length: 60 }, ask));
    }
    await assertServed(scene);
  });

  async function assertServed({ url, upstream, arena }: Scene): Promise<void> {
    const started = performance.now();
    assert.match(await (await chat(url, 'hello')).text(), /You said: hello/);
    assert.ok(performance.now() - started < 2_000, 'a good request waits');
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'closing connections');
    assert.ok(performance.now() - started < 8_000, 'connections are held');
    await arena.assertUnharmed();
  }

  // Before: the 513th run waited for a connection until one of the 512 others ended.
  test('that hangs in 540 runs, where MAX_RUNS allows more', async () => {
    await using scene = await setScene({ MAX_RUNS: '700' });
    const { url, upstream, arena } = scene;
    const readers = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ input: 'hang', stream: true });
    const { signal } = readers;
    const hung: Promise<unknown>[] = [];
    while (hung.length < 540) {
      for (let count = 0; count < 60; count++) {
        hung.push(fetch(`${url}/v1/responses`, { method: 'POST', headers, body, signal }).catch(() => undefined));
      }
      await waitUntil(async () => (await upstream.openStreams()) === hung.length + 1, 'connecting');
    }
    assert.match(await (await chat(url, 'hello')).text(), /You said: hello/);
    assert.equal((await fetch(`${url}/v1/models`)).status, 200);
    readers.abort();
    await Promise.all(hung);
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'closing connections');
    await arena.assertUnharmed();
  });

  test('whose 200 readers disconnect', async () => {
    await using scene = await setScene();
    const { url, upstream } = scene;
    const leave = async () => {
      const reader = new AbortController();
      const body = JSON.stringify({ input: 'endless', stream: true });
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(`${url}/v1/responses`, { method: 'POST', headers, body, signal: reader.signal });
      await reply.body?.getReader().read();
      reader.abort();
    };
    await Promise.all(Array.from({ length: 200 }, leave));
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'closing connections');
    await scene.arena.assertUnharmed();
  });

  // Before: comments kept the run alive for more than 330 seconds.
  test('that sends only comments', async () => {
    await using scene = await setScene({ AGENT_IDLE_TIMEOUT: '1s' });
    const { url, upstream } = scene;
    const started = performance.now();
    const [plain, streamed] = await Promise.all([respond(url, 'comments'), respond(url, 'comments', { stream: true })]);
    assert.deepEqual([plain.status, (await toJson(plain)).error.code], [504, 'upstream_timeout']);
    assert.match(
      await streamed.text(),
      /event: response.failed\ndata: .*stopped sending before its answer was complete/,
    );
    assert.ok(performance.now() - started < 6_000);
    await waitUntil(async () => (await upstream.openStreams()) === 1, 'closing connections');
    await scene.arena.assertUnharmed();
  });

  // Before: runs had no time-out; each of these lasted as long as the upstream.
  test('whose answers exceed the time-out of a run, for every kind of run', async () => {
    await using upstream = await startHostileUpstream();
    await using server = await spawnTalaria({
      AGENT_URL: upstream.url,
      RUN_TIMEOUT: '1500ms',
      AGENT_IDLE_TIMEOUT: '1h',
    });
    const { url } = server;
    await using socket = await connectSocket(url);
    const background = await toJson(respond(url, 'endless', { background: true }));
    const text = async (reply: Promise<Response>) => (await reply).text();
    const endings = await Promise.all([
      text(respond(url, 'endless')),
      text(respond(url, 'endless', { stream: true })),
      text(respond(url, 'endless', {}, { 'idempotency-key': 'a' })),
      text(respond(url, 'endless', { stream: true }, { 'idempotency-key': 'b' })),
      text(chat(url, 'endless')),
      text(chat(url, 'endless', { stream: true, n: 2 })),
      text(post(`${url}/v1/responses/compact`, { model: 'm', input: 'endless' })),
      socket.create({ input: 'endless' }).then((messages) => JSON.stringify(messages)),
      untilOver(url, background.id).then((response) => JSON.stringify(response)),
    ]);
    for (const [kind, ending] of endings.entries()) {
      assert.match(ending, /The run exceeded the time limit of this server/, `kind ${kind}: ${ending.slice(-500)}`);
    }
    assert.equal((await respond(url, 'endless')).status, 504);
    await waitUntil(async () => (await upstream.openStreams()) === 0, 'stopping the upstream');
    assert.match(await text(chat(url, 'hello')), /You said: hello/);
  });

  test('that sends several unexpected 100 Continue', async () => {
    // Before: 502.
    await using upstream = await startHostileUpstream();
    await using server = await spawnTalaria({ AGENT_URL: upstream.url });
    for (const count of [0, 1, 3]) {
      const reply = await chat(server.url, `continue ${count}`);
      assert.deepEqual([reply.status, (await toJson(reply)).choices?.[0].message.content], [200, 'hi']);
    }
  });

  test('that sends malformed logprobs', async () => {
    // Before: 500 with VALIDATE_OUTPUT=1.
    await using upstream = await startHostileUpstream();
    await using server = await spawnTalaria({ AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
    const completion = await toJson(chat(server.url, 'logprobs', { logprobs: true, top_logprobs: 2 }));
    assert.deepEqual(
      completion.choices[0].logprobs.content.map(({ token }: { token: string }) => token),
      ['hi', 'b'],
    );
    assert.equal((await respond(server.url, 'logprobs', { include: ['message.output_text.logprobs'] })).status, 200);
  });
});

suite('an upstream that echoes its key', () => {
  const key = 'sk-AGENT-KEY/XYZ+1';
  const query = 'KEY-IN-QUERY-12345';
  const secrets = [key, query, encodeURIComponent(key), Buffer.from(key).toString('base64')];

  // Before: the key was in the log eight times, and in the client's error for a 400.
  test('leaks it neither into the log nor into an answer', async () => {
    await using upstream = await startHostileUpstream();
    const settings = { AGENT_URL: `${upstream.url}?api_key=${query}`, AGENT_API_KEY: key, LOG_LEVEL: 'trace' };
    await using server = await spawnTalaria(settings);
    const inputs = [400, 401, 403, 404, 422, 429, 500, 503].map((status) => `echo ${status}`);
    inputs.push('echo-page', 'echo-frame', 'echo-broken', 'echo-json', 'echo-head');
    const bodies = await Promise.all(
      inputs.flatMap((input) => [
        respond(server.url, input).then((reply) => reply.text()),
        respond(server.url, input, { stream: true }).then((reply) => reply.text()),
        chat(server.url, input).then((reply) => reply.text()),
      ]),
    );
    for (const [index, body] of bodies.entries()) assertNoSecret(body, inputs[Math.floor(index / 3)] ?? '');
    await settle(server);
    assertNoSecret(server.stderr(), 'the log');
    assert.match(server.stderr(), /\[secret\]/, 'the log says that there was something');
  });

  test('does not leak it into the error of a start', async () => {
    const failed = await spawnTalaria({ AGENT_URL: `ftp://host/v1?api_key=${query}` }).catch((error: Error) => error);
    assert.ok(failed instanceof Error);
    assert.match(failed.message, /AGENT_URL/);
    assertNoSecret(failed.message, 'the error');
  });

  function assertNoSecret(text: string, where: string): void {
    for (const secret of secrets) {
      assert.ok(
        !text.includes(secret),
        `${secret} in ${where}: ${text.slice(Math.max(0, text.indexOf(secret) - 300))}`,
      );
    }
  }
});

/** Waits for log lines, which are written a moment after their event. */
async function settle(server: TestProcess): Promise<void> {
  await fetch(`${server.url}/health`);
  await delay(100);
}
