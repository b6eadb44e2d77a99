import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../../src/config/upstream-settings.ts';
import type { ApiError } from '../../../src/errors/api-error.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { writeConfig } from '../../helpers/write-config.ts';
import { never, readAll, startAgent, toRequest, toText } from './upstream-harness.ts';

const withSettings = (settings: Partial<UpstreamSettings>, limits = {}) =>
  startAgent({}, { settings: { ...defaultUpstreamSettings, ...settings }, limits });

suite('the settings of an upstream', () => {
  test('add headers to every request', async () => {
    await using harness = await withSettings({ headers: { 'api-key': 'k-1', 'X-Team': 'blue' } });
    await harness.ask('hi');
    await harness.agent.models({ signal: never });
    for (const { headers } of harness.upstream.requests) {
      assert.deepEqual([headers['api-key'], headers['x-team']], ['k-1', 'blue']);
    }
    assert.equal(harness.upstream.requests.length, 2);
  });

  test('never show the value of a header in an error', async () => {
    await using harness = await startAgent(
      {
        answer: (request, response) => {
          const message = `The header was ${request.headers['api-key']}.`;
          response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }));
          return true;
        },
      },
      { settings: { ...defaultUpstreamSettings, headers: { 'api-key': 'HEADER-SECRET-1' } } },
    );
    await assert.rejects(harness.run('hi'), (error: ApiError) => {
      assert.equal(error.message, 'The header was [secret].');
      assert.doesNotMatch(String(error.cause), /HEADER-SECRET/);
      return true;
    });
  });

  for (const [retries, attempts] of [
    [0, 1],
    [4, 5],
  ] as const) {
    test(`limit the attempts: ${retries} retries`, async () => {
      await using harness = await withSettings({ retries });
      await assert.rejects(harness.run('status 503'), { code: 'upstream_error' });
      assert.equal(harness.upstream.requests.length, attempts);
    });
  }

  test('have time-outs of their own', async () => {
    await using slow = await withSettings({ firstByteMs: 60 });
    await assert.rejects(slow.run('hang'), { code: 'upstream_timeout', message: 'The agent did not answer in time.' });
    await using silent = await withSettings({ idleMs: 60 });
    await assert.rejects(silent.ask('hang after 1'), { code: 'upstream_timeout' });
    await using patient = await withSettings({ firstByteMs: 5000, idleMs: 5000 }, { upstreamIdleMs: 60 });
    assert.match(toText(await patient.ask('slow 2x150ms')), /token2/);
  });

  test('send a plain request as plain, with the usage that the upstream reports only there', async () => {
    await using harness = await startAgent(
      {
        answer: (request, response) => {
          if (request.body.stream !== false) return false;
          response.writeHead(200, { 'content-type': 'application/json' });
          const usage = { prompt_tokens: 17, completion_tokens: 40 };
          response.end(JSON.stringify({ choices: [{ message: { content: 'plain' }, finish_reason: 'stop' }], usage }));
          return true;
        },
      },
      { settings: { ...defaultUpstreamSettings, upstreamStream: 'when_streamed' } },
    );
    const events = await harness.ask('hi');
    assert.equal(toText(events), 'plain');
    const usage = events.find((event) => event.type === 'usage')?.usage;
    assert.deepEqual([usage?.inputTokens, usage?.outputTokens], [17, 40]);
    const watched = await harness.agent.run(toRequest('hello', { watched: true }), { signal: never });
    assert.match(toText(await readAll(watched)), /hello/);
    assert.deepEqual(
      harness.upstream.requests.map(({ body, headers }) => [body.stream, body.stream_options, headers.accept]),
      [
        [false, undefined, 'application/json'],
        [true, { include_usage: true }, 'text/event-stream'],
      ],
    );
  });
});

suite('a server whose agents are configured in the file', () => {
  test('keeps their headers and models apart', async () => {
    await using upstream = await startUpstream();
    using file = writeConfig(`
agents:
  one: { url: ${upstream.url}, models: [m1, m2], headers: { X-Name: one } }
  two: { url: ${upstream.url}, models: [m3], headers: { X-Name: "\${NAME}" }, upstream_stream: when_streamed }
`);
    await using server = await startTalaria({ TALARIA_CONFIG: file.path, NAME: 'second' });
    const { data } = await server.openai.models.list();
    assert.deepEqual(
      data.map(({ id }) => id),
      ['m1', 'm2', 'm3'],
    );
    for (const model of ['m2', 'm3']) await server.openai.responses.create({ model, input: 'hi' });
    assert.deepEqual(
      upstream.requests.map(({ headers, body }) => [headers['x-name'], body.model, body.stream]),
      [
        ['one', 'm2', true],
        ['second', 'm3', false],
      ],
    );
  });
});

suite('a server whose agent lists no models', () => {
  for (const list of ['{"object":"list","data":null}', '{"data":[]}']) {
    test(`is ready, and uses the model that a client names: ${list}`, async () => {
      await using upstream = await startUpstream({
        answer: (request, response) => {
          if (request.path === '/v1/models') response.writeHead(200, { 'content-type': 'application/json' }).end(list);
          return request.path === '/v1/models';
        },
      });
      await using server = await startTalaria({ AGENT_URL: upstream.url });
      assert.deepEqual((await server.openai.models.list()).data, []);
      assert.equal((await fetch(`${server.url}/ready`)).status, 200);
      const named = await post(`${server.url}/v1/responses`, { model: 'm', input: 'hi' });
      assert.equal(named.status, 200);
      const unnamed = await post(`${server.url}/v1/responses`, { input: 'hi' });
      assert.equal(unnamed.status, 400);
      const { error } = (await unnamed.json()) as { error: object };
      assert.deepEqual(error, {
        message: "The agent lists no models. Name one of its models in 'model'.",
        type: 'invalid_request_error',
        param: 'model',
        code: 'missing_required_parameter',
      });
    });
  }

  for (const [status, list] of [
    [200, 'not json'],
    [200, '{"data":{}}'],
    [200, '<html></html>'],
    [429, '{"error":{"message":"slow down"}}'],
  ] as const) {
    test(`is ready with a list that cannot be read: ${status} ${list}`, async () => {
      await using upstream = await startUpstream({
        answer: (request, response) => {
          if (request.path === '/v1/models') response.writeHead(status).end(list);
          return request.path === '/v1/models';
        },
      });
      await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_API_KEY: 'slow' });
      assert.equal((await fetch(`${server.url}/v1/models`)).status, 502);
      assert.equal((await fetch(`${server.url}/ready`)).status, 200);
    });
  }

  test('is not ready while the agent fails or refuses the key', async () => {
    for (const status of [401, 500]) {
      await using upstream = await startUpstream({
        answer: (_request, response) => {
          response.writeHead(status).end('{}');
          return true;
        },
      });
      await using server = await startTalaria({ AGENT_URL: upstream.url });
      assert.equal((await fetch(`${server.url}/ready`)).status, 503);
    }
  });
});
