import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { post } from '../helpers/talaria.ts';
import { useServer } from './agents-under-test.ts';
import { functionTool } from './codex-request.ts';
import { streamEvents, type WireEvent } from './read-events.ts';
import { assertDone } from './stream-rules.ts';

const look = functionTool('look', 'Looks.');
const chatTool = { type: 'function', function: { name: 'look', parameters: {} } };

/** Requirements measured from published clients, one test each. */
describe('fields without which a published client breaks', () => {
  const setup = useServer('offline agent', 'memory');
  const respond = async (body: object) => {
    const reply = await post(`${setup.url}/v1/responses`, { model: 'any', ...body });
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  };
  const chat = (script: string, body: object = {}) =>
    post(`${setup.url}/v1/chat/completions`, { model: 'any', messages: [{ role: 'user', content: script }], ...body });

  for (const [name, input] of Object.entries({
    message: '/say Hello.',
    refusal: '/refuse No.',
    reasoning: '/reason I think.\n/say Hello.',
    function_call: '/call look {"a":1}',
  })) {
    it(`the AI SDK: each field of a ${name} in a plain answer`, async () => {
      const { body } = await respond({ input, tools: [look] });
      assert.ok(body.output.length > 0);
      for (const item of body.output) assertDone(item);
      assert.ok(Number.isInteger(body.usage.input_tokens) && Number.isInteger(body.usage.output_tokens));
    });
  }

  it('the AI SDK: a failed non-streamed reply has an error status, and its error a message and a type', async () => {
    const { status, body } = await respond({ input: '/say one two\n/break after 1' });
    assert.equal(status, 502);
    assert.ok(body.error.message && body.error.type);
  });

  it('the AI SDK and the Agents SDK: response.failed has a sequence number', async () => {
    const events = await streamEvents(setup.url, { input: '/say one two\n/break after 1' });
    assert.equal(events.at(-1)?.type, 'response.failed');
    assert.ok(Number.isInteger(events.at(-1)?.['sequence_number']));
  });

  it('the Agents SDK: the completed event holds the whole output', async () => {
    const events = await streamEvents(setup.url, { input: '/reason I think.\n/say Hello.' });
    assert.deepEqual(
      events.at(-1)?.['response'].output.map((item: WireEvent) => item.type),
      ['reasoning', 'message'],
    );
  });

  it('the AI SDK gets reasoning in summary events when it requests a summary', async () => {
    const input = '/reason I think.\n/say Hello.';
    const events = await streamEvents(setup.url, { input, reasoning: { summary: 'auto' } });
    const types = new Set(events.map((event) => event.type));
    assert.ok(types.has('response.reasoning_summary_part.added') && types.has('response.reasoning_summary_text.delta'));
    assert.ok(!types.has('response.reasoning_text.delta'));
  });

  it('Codex, openai and the Agents SDK get reasoning as text otherwise, with an empty summary', async () => {
    const events = await streamEvents(setup.url, { input: '/reason I think.\n/say Hello.' });
    assert.ok(events.some((event) => event.type === 'response.reasoning_text.delta'));
    assert.deepEqual(events.at(-1)?.['response'].output[0].summary, []);
  });

  it('openai: output_text is filled in for an object of type response', async () => {
    assert.equal((await respond({ input: 'Hello' })).body.object, 'response');
  });

  it('the AI SDK: choices, index, message and the calls of a plain chat completion', async () => {
    const { choices } = JSON.parse(await (await chat('/call look {"a":1}', { tools: [chatTool] })).text());
    assert.equal(choices[0].index, 0);
    const [call] = choices[0].message.tool_calls;
    assert.deepEqual(
      { type: call.type, function: call.function },
      { type: 'function', function: { name: 'look', arguments: '{"a":1}' } },
    );
  });

  it('openai and LangChain: role in the first delta, index of choices and calls, and a finish_reason', async () => {
    const text = await (await chat('/call look {"a":1}\n/call look {}', { tools: [chatTool], stream: true })).text();
    const chunks = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data));
    const choices = chunks.flatMap((chunk) => chunk.choices);
    assert.equal(choices[0].delta.role, 'assistant');
    assert.ok(choices.every((choice) => Number.isInteger(choice.index)));
    assert.equal(choices.at(-1).finish_reason, 'tool_calls');
    const calls = choices.flatMap((choice) => choice.delta.tool_calls ?? []);
    assert.ok(calls.every((call) => Number.isInteger(call.index)));
    assert.equal(calls.filter((call) => call.id).length, 2);
  });

  it('openai: deleting ignores the body and accepts anything', async () => {
    const { body } = await respond({ input: 'Hello' });
    const reply = await fetch(`${setup.url}/v1/responses/${body.id}`, {
      method: 'DELETE',
      headers: { accept: '*/*' },
    });
    assert.equal(reply.status, 200);
    await setup.openai.responses.retrieve(body.id).then(
      () => assert.fail('it is still there'),
      (error) => assert.equal(error.status, 404),
    );
  });

  it('opencode: its compressions, session headers and cache key are accepted', async () => {
    const headers = {
      'accept-encoding': 'gzip, deflate, br, zstd',
      'x-session-id': 'ses_1',
      'x-session-affinity': 'ses_1',
    };
    const body = { input: 'Hello', store: false, max_output_tokens: 32_000, prompt_cache_key: 'ses_1' };
    const events = await streamEvents(setup.url, body, headers);
    assert.equal(events.at(-1)?.type, 'response.completed');
  });
});

describe('a silent stream, kept alive', () => {
  const setup = useServer('offline agent', 'memory', { API_SERVER_KEEP_ALIVE_MS: '100' });
  const input = '/wait 350ms\n/say Hello there.';

  it('is kept alive by comments, which are not events', async () => {
    const reply = await post(`${setup.url}/v1/responses`, { model: 'any', input, stream: true });
    const text = await reply.text();
    assert.match(text, /^:/m);
    assert.doesNotMatch(text, /keepalive/);
  });

  it('openai: does not disturb responses.stream() nor a chat stream', async () => {
    const final = await setup.openai.responses.stream({ model: 'any', input }).finalResponse();
    assert.equal(final.output_text, 'Hello there.');
    const messages = [{ role: 'user' as const, content: input }];
    const completion = await setup.openai.chat.completions.stream({ model: 'any', messages }).finalContent();
    assert.equal(completion, 'Hello there.');
  });
});
