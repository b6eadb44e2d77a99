import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import type { UpstreamRequest } from '../../helpers/upstream.ts';
import { never, readAll, startAgent, toRequest } from './upstream-harness.ts';

const options = { signal: never };

/** Starts an upstream with this body as its catalogue. */
function offering(body: string, status = 200) {
  return startAgent({
    answer: (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return true;
    },
  });
}

suite('the models of an upstream', () => {
  test("are the upstream's, in its order", async () => {
    await using harness = await startAgent(
      {
        apiKey: 'sk-1',
        models: [{ id: 'b', created: 7, owned_by: 'someone' }, { id: 'a' }, { object: 'model' }],
      },
      { apiKey: 'sk-1' },
    );
    assert.deepEqual(await harness.agent.models(options), [
      { id: 'b', created: 7, ownedBy: 'someone' },
      { id: 'a', created: 0, ownedBy: 'upstream' },
    ]);
    assert.equal(harness.upstream.requests[0]?.path, '/v1/models');
  });

  test('are only the configured one, without a request', async () => {
    await using harness = await startAgent({}, { model: 'mine' });
    assert.deepEqual(await harness.agent.models(options), [{ id: 'mine', created: 0, ownedBy: 'upstream' }]);
    assert.equal(harness.upstream.requests.length, 0);
  });

  test('are read from a bare list too', async () => {
    await using harness = await offering('[{"id":"a"}]');
    assert.deepEqual(
      (await harness.agent.models(options)).map(({ id }) => id),
      ['a'],
    );
  });

  test('are requested once by concurrent callers, then cached', async () => {
    await using harness = await startAgent();
    const [first, second] = await Promise.all([harness.agent.models(options), harness.agent.models(options)]);
    assert.deepEqual(first, second);
    await harness.agent.models(options);
    assert.equal(harness.upstream.requests.length, 1);
  });

  test('are requested again when the cache has expired', async () => {
    await using harness = await startAgent({}, { limits: { upstreamModelsMs: 0 } });
    await harness.agent.models(options);
    await harness.agent.models(options);
    assert.equal(harness.upstream.requests.length, 2);
  });

  test('are requested again after a failure', async () => {
    let failures = 1;
    await using harness = await startAgent({
      answer: (_request, response) => {
        if (failures-- > 0) response.writeHead(500).end('secret-host');
        return response.writableEnded;
      },
    });
    await assert.rejects(harness.agent.models(options), { code: 'upstream_error' });
    assert.equal((await harness.agent.models(options)).length, 2);
  });

  for (const [body, status] of [
    ['{"object":"list","data":null}', 200],
    ['{"data":[]}', 200],
    ['{"models":[]}', 200],
    ['{"object":"list"}', 200],
    ['null', 200],
    ['[]', 200],
    ['{"data":[{"size":1},7,null]}', 200],
    ['{"detail":"Not Found"}', 404],
    ['<h1>404</h1>', 404],
    ['', 405],
    ['', 501],
  ] as const) {
    test(`may be none: ${status} ${body}`, async () => {
      await using harness = await offering(body, status);
      assert.deepEqual(await harness.agent.models(options), []);
      // The upstream may know a model that it does not list.
      const { model: _, ...unnamed } = toRequest('hi');
      await assert.rejects(harness.agent.run(unnamed, options), {
        code: 'missing_required_parameter',
        param: 'model',
        status: 400,
      });
    });
  }

  for (const body of [
    '{"models":[{"name":"a:latest","model":"a:latest"},{"name":"b"}],"data":null}',
    '\ufeff{"data":["a:latest","b"]}',
    '["a:latest",{"id":"b"},"b"]',
  ]) {
    test(`may have another form: ${body}`, async () => {
      await using harness = await offering(body);
      assert.deepEqual(
        (await harness.agent.models(options)).map(({ id }) => id),
        ['a:latest', 'b'],
      );
    });
  }

  test('may be fixed, and are then not requested', async () => {
    const settings = { ...defaultUpstreamSettings, models: ['x', 'y'] };
    await using harness = await startAgent({}, { settings });
    assert.deepEqual(
      (await harness.agent.models(options)).map(({ id }) => id),
      ['x', 'y'],
    );
    const { model: _, ...unnamed } = toRequest('hi');
    await readAll(await harness.agent.run(unnamed, options));
    assert.deepEqual(
      harness.upstream.requests.map(({ path, body }) => `${path} ${body?.model}`),
      ['/v1/chat/completions x'],
    );
  });

  const unreadable = "The agent's list of models could not be read.";
  const failures: Record<string, [string, number, string]> = {
    'a text as the list': ['{"data":"a"}', 200, unreadable],
    'an error under a 200': ['{"error":"secret"}', 200, unreadable],
    'no JSON': ['Ollama is running', 200, unreadable],
    'a page': ['<h1>secret-host</h1>', 200, 'The agent answered with an HTML page: check that AGENT_URL ends in /v1.'],
    'an error': ['{"error":"no memory"}', 500, 'The agent reported an error: no memory'],
    'a refusal of the key': [
      '{}',
      401,
      "The agent refused this server's credentials. Check AGENT_API_KEY, or api_key in the configuration file.",
    ],
    'too much': [`{"data":[${' '.repeat(9 * 1024 * 1024)}]}`, 200, unreadable],
  };
  for (const [name, [body, status, message]] of Object.entries(failures)) {
    test(`fail as a 502 on ${name}`, async () => {
      await using harness = await offering(body, status);
      await assert.rejects(harness.agent.models(options), { code: 'upstream_error', status: 502, message });
    });
  }

  test('fail when the upstream is unreachable', async () => {
    await using harness = await startAgent();
    await harness.upstream[Symbol.asyncDispose]();
    await assert.rejects(harness.agent.models(options), {
      code: 'upstream_error',
      message: 'The agent could not be reached.',
    });
  });

  test('fail in time when the upstream does not answer', async () => {
    await using harness = await startAgent({ answer: () => true }, { limits: { upstreamModelsTimeoutMs: 100 } });
    await assert.rejects(harness.agent.models(options), { code: 'upstream_timeout', status: 504 });
  });

  test('are no longer awaited by a caller that aborts, but still reach the others', async () => {
    let answer: (() => void) | undefined;
    await using harness = await startAgent({
      answer: (_request, response) => {
        answer = () => response.end('{"data":[{"id":"a"}]}');
        return true;
      },
    });
    const controller = new AbortController();
    const requested = harness.upstream.nextRequest();
    const leaving = harness.agent.models(controller);
    const staying = harness.agent.models(options);
    await requested;
    controller.abort();
    await assert.rejects(leaving, { code: 'request_cancelled' });
    answer?.();
    assert.equal((await staying)[0]?.id, 'a');
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    assert.equal(getEventListeners(never, 'abort').length, 0);
  });

  test('decide a run without a model, which is refused when they are unknown', async () => {
    const seen: UpstreamRequest[] = [];
    await using harness = await startAgent({
      answer: (request, response) => {
        seen.push(request);
        response.writeHead(500).end();
        return true;
      },
    });
    const { model: _, ...unnamed } = toRequest('hi');
    await assert.rejects(harness.agent.run(unnamed, options), { code: 'upstream_error' });
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/v1/models'],
    );
  });
});
