import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { type AgentHarness, never, readAll, startAgent, toRequest, toText } from './upstream-harness.ts';

const formsOf = ({ upstream }: AgentHarness) => upstream.requests.map(({ body }) => body.stream);

/** The fields in the logged warnings. */
const fieldsOf = ({ warnings }: AgentHarness) => warnings.map((warning) => 'field' in warning && warning.field);

const whenStreamed = { ...defaultUpstreamSettings, upstreamStream: 'when_streamed' as const };

const error = (message: string, fields = {}) => ({ error: { message, ...fields } });

function refuse(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
  return true;
}

/** Starts an agent whose upstream refuses every plain request. */
const startStreamOnly = (body: unknown, status = 400) =>
  startAgent({
    answer: (request, response) => (request.body.stream ? false : refuse(response, status, body)),
  });

const field = (loc: string[], msg: string) => ({ detail: [{ type: 'value_error', loc, msg }] });

/** Refusals by servers that only stream. */
const wordings: [body: unknown, status?: number][] = [
  [error('This model only support stream mode, please enable the stream parameter to access the model.')],
  [error('parameter.enable_thinking must be set to false for non-streaming calls')],
  [error('Requests with max_tokens > 4096 must have stream=true')],
  [error('Stream must be set to true')],
  [error('Streaming must be enabled')],
  [error('stream=false is not supported')],
  [error('`stream` is required to be true')],
  [error('Please use streaming')],
  [error('Set stream=true')],
  [error("'stream' field cannot be false")],
  [error('Non stream requests are disabled for this model')],
  [error('Nonstreaming requests are disabled')],
  [error('max_tokens above 4096 is not supported without streaming.')],
  [error('Only Server-Sent Events are available here.')],
  [error('This endpoint replies with SSE.'), 501],
  [error('Not Acceptable: the client must accept text/event-stream.'), 406],
  [error('Unsupported value.', { param: 'stream' })],
  [error('Streaming must be enabled'), 500],
  [error('Only streamed requests are served'), 500],
  [error('This model must be called as a stream', { code: 'stream_required' }), 404],
  [field(['body', 'stream'], 'Input should be true'), 422],
  ['Only streamed answers are supported.', 405],
];

suite('a refused plain request', () => {
  for (const [body, status] of wordings) {
    test(`is sent again as a stream, and later ones are streams: ${status ?? 400} ${JSON.stringify(body)}`, async () => {
      await using harness = await startStreamOnly(body, status);
      for (const text of ['one', 'two', 'three']) assert.match(toText(await harness.ask(text)), new RegExp(text));
      assert.deepEqual(formsOf(harness), [true, false, true, true]);
    });
  }

  for (const [body, status] of [
    [error('The temperature is too high')],
    [error('The upstream is broken'), 500],
    [error('stream_options is unknown')],
    [error('Content type application/octet-stream is not supported'), 415],
    [error('stream error: stream ID 7; INTERNAL_ERROR'), 500],
    [error('Error reading the response stream'), 500],
    [error('The stream was closed before the answer'), 500],
    [error('Unexpected end of stream'), 500],
    [error('Error during streaming'), 500],
    [error('Failed to stream the response'), 500],
    [error('Streaming response failed'), 500],
    [error('Stream idle timeout'), 500],
    [error('The stream has ended'), 500],
    ['Invalid request: {"model":"test-model","stream":false,"messages":[]}'],
    ["Invalid request: {'model': 'test-model', 'stream': False, 'messages': []}"],
    [
      { detail: [{ loc: ['body', 'seed'], msg: 'Input should be less than 1', input: { stream: 'false stream' } }] },
      422,
    ],
    [error("This model's maximum context length is 4 tokens, streaming or not.")],
    [error('Streaming must be enabled'), 403],
  ] as [body: unknown, status?: number][]) {
    test(`reaches the client if it is not about streams: ${status ?? 400} ${JSON.stringify(body)}`, async () => {
      await using harness = await startStreamOnly(body, status);
      await harness.ask('one');
      await assert.rejects(harness.run('two'));
      assert.deepEqual(formsOf(harness), [true, false]);
    });
  }

  test('teaches about a field that it names first', async () => {
    await using harness = await startAgent({
      answer: ({ body }, response) =>
        body.user !== undefined && refuse(response, 400, error("Unknown parameter: 'user'. Streaming cannot use it.")),
    });
    await harness.ask('one');
    await readAll(await harness.agent.run(toRequest('two', { settings: { user: 'u' } }), { signal: never }));
    assert.deepEqual(formsOf(harness), [true, false, false]);
    assert.deepEqual(fieldsOf(harness), ['user']);
  });

  test('teaches about a field of its stream too', async () => {
    await using harness = await startAgent(
      {
        answer({ body }, response) {
          if (!body.stream) return refuse(response, 400, error('Streaming must be enabled'));
          return body.stream_options !== undefined && refuse(response, 400, error('stream_options is unknown'));
        },
      },
      { settings: whenStreamed },
    );
    for (const text of ['one', 'two']) assert.match(toText(await harness.ask(text)), new RegExp(text));
    assert.deepEqual(formsOf(harness), [false, true, true, true]);
    assert.deepEqual(fieldsOf(harness), ['stream_options', 'plain answers']);
  });

  test('teaches nothing if the stream is refused for the same reason, and returns the first error', async () => {
    await using harness = await startAgent(
      { answer: ({ body }, response) => refuse(response, 400, error(`No tool can stream here: ${body.stream}`)) },
      { settings: whenStreamed },
    );
    for (const text of ['one', 'two']) await assert.rejects(harness.run(text), /No tool can stream here: false/);
    assert.deepEqual(formsOf(harness), [false, true, false, true]);
    assert.deepEqual(harness.warnings, []);
  });

  test('reports the error of its stream if that is about something else, and is tried again later', async () => {
    await using harness = await startAgent(
      {
        answer({ body }, response) {
          if (!body.stream) return refuse(response, 400, error('Streaming must be enabled'));
          return body.temperature !== undefined && refuse(response, 400, error('The temperature is too high'));
        },
      },
      { settings: whenStreamed },
    );
    const hot = toRequest('hot', { settings: { temperature: 9 } });
    await assert.rejects(harness.agent.run(hot, { signal: never }), /The temperature is too high/);
    for (const text of ['one', 'two']) assert.match(toText(await harness.ask(text)), new RegExp(text));
    assert.deepEqual(formsOf(harness), [false, true, false, true, true]);
    assert.deepEqual(fieldsOf(harness), ['plain answers']);
  });

  test('is not sent again and again if a setting fixes its form', async () => {
    const settings = { ...whenStreamed, extraBody: { stream: false } };
    await using harness = await startAgent(
      { answer: (_request, response) => refuse(response, 400, error('Streaming must be enabled')) },
      { settings },
    );
    await assert.rejects(harness.run('one'), /Streaming must be enabled/);
    assert.deepEqual(formsOf(harness), [false, false]);
    assert.deepEqual(harness.warnings, []);
  });

  test('is learned from for its model alone', async () => {
    await using harness = await startAgent(
      {
        answer: ({ body }, response) =>
          !body.stream && body.model === 'strict' && refuse(response, 400, error('Please use streaming')),
      },
      { settings: whenStreamed },
    );
    for (const model of ['strict', 'strict', 'other']) {
      await readAll(await harness.agent.run(toRequest('hi', { model }), { signal: never }));
    }
    assert.deepEqual(formsOf(harness), [false, true, true, false]);
  });

  for (const [message, forms] of [
    ['Streaming must be enabled', [true, false, true, true]],
    ['The temperature is too high', [true, false, false]],
    ["This model's maximum context length is 4 tokens, streaming or not.", [true, false, false]],
  ] as const) {
    test(`is learned from at an agent that speaks the Responses API: ${message}`, async () => {
      const done = { events: toEvents([toMessage('done')]) };
      await using upstream = await startResponsesUpstream(({ stream }) =>
        stream ? done : { status: 400, error: { message } },
      );
      await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_API: 'responses' });
      for (let asked = 0; asked < 3; asked++) {
        await server.openai.responses.create({ model: 'm', input: 'ask' }).catch(() => undefined);
      }
      assert.deepEqual(
        upstream.bodies.map(({ stream }) => stream),
        forms,
      );
    });
  }
});
