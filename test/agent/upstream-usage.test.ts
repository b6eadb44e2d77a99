import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';

const model = 'any-name';

describe('token counts of an upstream', () => {
  let upstream: Upstream;
  let server: TestServer;
  before(async () => {
    upstream = await startUpstream();
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const chat = (content: string, rest: object = {}) =>
    post(`${server.url}/v1/chat/completions`, { model, messages: [{ role: 'user', content }], ...rest });
  const respond = (input: string, rest: object = {}) => post(`${server.url}/v1/responses`, { model, input, ...rest });

  // The upstream counts words in and deltas out, and one of the words as cached.
  const script = 'reason I think first\nsay Then I speak.';
  const counted = { input: 8, output: 6, reasoning: 3 };

  it('pass through to a chat completion, details included', async () => {
    const reply = await chat(script);
    assert.equal(reply.headers.get('x-talaria-usage'), null);
    assert.deepEqual((await readJson(reply)).usage, {
      prompt_tokens: counted.input,
      completion_tokens: counted.output,
      total_tokens: counted.input + counted.output,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: counted.reasoning },
    });
  });

  it('pass through to a response, details included', async () => {
    const reply = await respond(script);
    assert.equal(reply.headers.get('x-talaria-usage'), null);
    assert.deepEqual((await readJson(reply)).usage, {
      input_tokens: counted.input,
      input_tokens_details: { cached_tokens: 1, cache_write_tokens: 0 },
      output_tokens: counted.output,
      output_tokens_details: { reasoning_tokens: counted.reasoning },
      total_tokens: counted.input + counted.output,
    });
  });

  it('are the same in a stream', async () => {
    const response = await server.openai.responses.stream({ model, input: script }).finalResponse();
    assert.equal(response.usage?.total_tokens, counted.input + counted.output);
    const stream_options = { include_usage: true };
    const messages = [{ role: 'user' as const, content: script }];
    const stream = await server.openai.chat.completions.create({ model, messages, stream: true, stream_options });
    assert.equal((await Array.fromAsync(stream)).at(-1)?.usage?.total_tokens, counted.input + counted.output);
  });

  it('are estimated, and marked as such, when the upstream sends none', async () => {
    const text = 'One two three four five six seven eight nine ten.';
    const silent = `no usage\nsay ${text}`;
    const chatReply = await chat(silent);
    assert.equal(chatReply.headers.get('x-talaria-usage'), 'estimate');
    const { usage } = await readJson(chatReply);
    // Each word is a token of the tokenizer, and so is the full stop.
    assert.equal(usage.completion_tokens, 11);
    assert.ok(usage.prompt_tokens > 11, `${usage.prompt_tokens}`);
    const reply = await respond(silent);
    assert.equal(reply.headers.get('x-talaria-usage'), 'estimate');
    const response = await readJson(reply);
    assert.equal(response.usage.output_tokens, 11);
    assert.equal(response.usage.input_tokens, usage.prompt_tokens);
  });

  it('are estimated with separate reasoning', async () => {
    const silent = 'no usage\nreason one two three\nsay four five';
    const { usage } = await readJson(await respond(silent));
    assert.deepEqual([usage.output_tokens, usage.output_tokens_details.reasoning_tokens], [5, 3]);
    const completion = await readJson(await chat(silent));
    assert.equal(completion.usage.completion_tokens, 5);
    assert.equal(completion.usage.completion_tokens_details.reasoning_tokens, 3);
  });

  it('are estimated for the arguments of calls too', async () => {
    const silent = 'no usage\ntool get_weather {"city":"Paris"}';
    const { usage } = await readJson(await respond(silent));
    assert.ok(usage.output_tokens > 3);
    assert.equal((await readJson(await chat(silent))).usage.completion_tokens, usage.output_tokens);
  });

  it('are estimated in a stream, in its last event', async () => {
    const response = await server.openai.responses.stream({ model, input: 'no usage\nsay one two' }).finalResponse();
    assert.equal(response.usage?.output_tokens, 2);
  });
});

const readJson = async (reply: Response) => JSON.parse(await reply.text());
