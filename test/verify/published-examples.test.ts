/** A server that sends OpenAI's own published examples, word for word, breaks no MUST. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { bindings } from '../../src/judge/bind-document.ts';
import { selectAudits } from '../../src/verify/catalogue.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { verify } from '../../src/verify/verify.ts';
import { readExamples } from './openai-examples/read-examples.ts';

const examples = readExamples();
const exampleOf = (name: string): unknown => {
  const found = examples.find((example) => example.name === name);
  assert.ok(found, name);
  return found.value;
};

const streams: Record<string, string> = {
  '/v1/responses': toStream('post /responses', ({ type }) => `event: ${type}\n`),
  '/v1/chat/completions': `${toStream('post /chat/completions', () => '')}data: [DONE]\n\n`,
};

function toStream(operation: string, toName: (event: { type?: string }) => string): string {
  const events = examples.filter(({ reply }) => reply === `${operation} text/event-stream`);
  return events.map(({ value }) => `${toName(Object(value))}data: ${JSON.stringify(value)}\n\n`).join('');
}

/** Replies by method and path, each an example. The first that matches is sent. */
const replies: [pattern: RegExp, example: string][] = [
  [/^GET \/v1\/models$/, 'list of models'],
  [/^GET \/v1\/models\/gpt-5.4$/, 'model'],
  [/^POST \/v1\/responses\/input_tokens$/, 'input tokens'],
  [/^POST \/v1\/responses\/compact$/, 'compaction'],
  [/^POST \/v1\/responses$/, 'response'],
  [/^GET \/v1\/responses\/[^/]+\/input_items$/, 'list of input items'],
  [/^GET \/v1\/responses\/[^/]+$/, 'response'],
  [/^DELETE \/v1\/responses\/[^/]+$/, 'deleted response'],
  [/^POST \/v1\/chat\/completions$/, 'chat completion'],
  [/^GET \/v1\/chat\/completions$/, 'list of chat completions'],
  [/^GET \/v1\/chat\/completions\/[^/]+\/messages$/, 'list of messages'],
  [/^(?:GET|POST) \/v1\/chat\/completions\/[^/]+$/, 'stored chat completion'],
  [/^DELETE \/v1\/chat\/completions\/[^/]+$/, 'deleted chat completion'],
  [/^(?:POST|GET) \/v1\/conversations(?:\/[^/]+)?$/, 'conversation'],
  [/^DELETE \/v1\/conversations\/[^/]+$/, 'deleted conversation'],
  [/^(?:GET|POST) \/v1\/conversations\/[^/]+\/items$/, 'list of conversation items'],
  [/^GET \/v1\/conversations\/[^/]+\/items\/[^/]+$/, 'conversation item'],
];

const withTools: Record<string, string> = {
  response: 'response with a function call',
  'chat completion': 'chat completion with a tool call',
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const [path = ''] = (request.url ?? '').split('?', 1);
  const body = text === '' ? {} : JSON.parse(text);
  const stream = streams[path];
  if (request.method === 'POST' && body.stream === true && stream !== undefined) {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream);
    return;
  }
  const [, name] = replies.find(([pattern]) => pattern.test(`${request.method} ${path}`)) ?? [];
  const isInvalid = body.messages === 'Hello' || (text !== '' && Object.keys(body).length === 0);
  if (name === undefined || isInvalid) {
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(exampleOf('error')));
    return;
  }
  const value = exampleOf((body.tools === undefined ? undefined : withTools[name]) ?? name);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
let url: URL;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  url = new URL(`http://127.0.0.1:${address.port}`);
});
after(() => {
  server.close();
  server.closeAllConnections();
});

/** The audits that an example can pass: not those of what the request asked for. */
const judged = [
  'models.list',
  ...['shape', 'content-type', 'text', 'usage', 'tool-finish'].map((name) => `chat.${name}`),
  ...['content-type', 'shape', 'done', 'role', 'identity', 'finish'].map((name) => `chat-stream.${name}`),
  ...['shape', 'content-type', 'text', 'annotations', 'items', 'usage', 'model', 'input-tokens', 'compact'].map(
    (name) => `responses.${name}`,
  ),
  ...['content-type', 'shape', 'known-types', 'event-field', 'created', 'in-progress', 'one-terminal', 'identity'].map(
    (name) => `stream.${name}`,
  ),
  'stream.message-status',
  ...['order', 'indexes', 'ids', 'parts', 'message'].map((name) => `stream-items.${name}`),
  'errors.envelope',
];

const run = (words: string[], binding = bindings[0]) =>
  verify(
    { url, model: 'gpt-5.4', timeoutMs: 10_000 },
    { audits: selectAudits(words), check: createReplyCheck(loadContract(), binding) },
  );

test('the audits of their shapes pass', async () => {
  const { results } = await run(judged);
  assert.equal(results.length, judged.length);
  assert.deepEqual(
    results.filter(({ outcome }) => outcome !== 'pass').map(({ id, message }) => `${id}: ${message}`),
    [],
  );
});

test('what an example omits or sets to null is a note', async () => {
  const { results } = await run(['responses.shape', 'chat-stream.shape', 'stream.shape']);
  const notes = Object.fromEntries(results.map((result) => [result.id, result.notes]));
  assert.deepEqual(notes['responses.shape'], ['user is null or not as the contract describes']);
  assert.deepEqual(notes['chat-stream.shape'], []);
  assert.ok(notes['stream.shape']?.includes('sequence_number is missing'));
});

test('a stream without sequence numbers, as in the API reference, is a warning', async () => {
  const [result] = (await run(['stream.sequence'])).results;
  assert.equal(result?.outcome, 'warn');
});

test('the further fields of Open Responses are a SHOULD, and all of them are named', async () => {
  const [result] = (await run(['open-responses.response'])).results;
  assert.equal(result?.outcome, 'warn');
  assert.deepEqual(
    result?.violations?.map(({ path }) => path),
    [
      ...['presence_penalty', 'frequency_penalty', 'top_logprobs', 'max_tool_calls', 'background', 'service_tier'],
      ...['safety_identifier', 'prompt_cache_key'],
    ],
  );
});

describe('--contract', () => {
  test('open-responses and both make them a MUST', async () => {
    for (const binding of ['open-responses', 'both'] as const) {
      const { results, contract, totals } = await run(['open-responses.response', 'responses.shape'], binding);
      assert.equal(contract, binding);
      assert.deepEqual(
        results.map(({ level, outcome }) => `${level} ${outcome}`),
        ['MUST fail', 'MUST fail'],
      );
      assert.equal(totals.fail, 2);
    }
  });

  test('open-responses makes [DONE] a MUST, openai a SHOULD', async () => {
    const levels = await Promise.all(bindings.map((binding) => run(['stream.done'], binding)));
    assert.deepEqual(
      levels.map(({ results }) => results[0]?.outcome),
      ['warn', 'fail', 'fail'],
    );
  });
});
