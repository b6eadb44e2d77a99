import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APIError, InternalServerError } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { Setup } from './agents-under-test.ts';

const weatherTool = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather now.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const model = 'any-name';

const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });

/** Chat Completions through the official SDK. */
export function chatSuite(setup: Setup): void {
  describe('chat completions', () => {
    plainTests(setup);
    streamTests(setup);
    toolTests(setup);
  });
}

function plainTests(setup: Setup): void {
  it('answers with one choice, under the requested model', async () => {
    const { openai, words } = setup;
    const completion = await openai.chat.completions.create({
      model,
      messages: [user(words.say('Hello  there, you.'))],
    });
    assert.equal(completion.object, 'chat.completion');
    assert.equal(completion.model, model);
    assert.match(completion.id, /^chatcmpl-/);
    assert.equal(completion.choices.length, 1);
    const [choice] = completion.choices;
    assert.equal(choice?.message.content, 'Hello  there, you.');
    assert.equal(choice?.message.refusal, null);
    assert.equal(choice?.finish_reason, 'stop');
    assert.ok(completion.usage && completion.usage.completion_tokens > 0);
    assert.equal(completion.usage.total_tokens, completion.usage.prompt_tokens + completion.usage.completion_tokens);
  });

  it('sends the whole conversation to the agent', async () => {
    const { openai, words } = setup;
    const messages = [user('one'), { role: 'assistant' as const, content: 'first' }, user('two')];
    const completion = await openai.chat.completions.create({ model, messages });
    assert.ok(completion.choices[0]?.message.content?.includes(words.provesTurn(2)));
  });

  it('reports a truncated answer', async () => {
    const { openai, words } = setup;
    const completion = await openai.chat.completions.create({ model, messages: [user(words.cutShort)] });
    assert.equal(completion.choices[0]?.finish_reason, 'length');
    assert.equal(completion.choices[0]?.message.content, words.cutText);
  });

  it('returns a refusal without content', async () => {
    const { openai, words } = setup;
    const completion = await openai.chat.completions.create({ model, messages: [user(words.refuse('I will not.'))] });
    assert.equal(completion.choices[0]?.message.refusal, 'I will not.');
    assert.equal(completion.choices[0]?.message.content, null);
  });

  it('answers 502 when the agent breaks off a non-streamed reply', async () => {
    const { openai, words } = setup;
    await assert.rejects(openai.chat.completions.create({ model, messages: [user(words.breakOff)] }), (error) => {
      assert.ok(error instanceof InternalServerError);
      assert.equal(error.status, 502);
      assert.equal(error.code, 'upstream_error');
      return true;
    });
  });
}

function streamTests(setup: Setup): void {
  it('streams the role first, then the text, then finish_reason', async () => {
    const { openai, words } = setup;
    const messages = [user(words.say('One two three.'))];
    const chunks = await Array.fromAsync(await openai.chat.completions.create({ model, messages, stream: true }));
    const deltas = chunks.map((chunk) => chunk.choices[0]?.delta);
    assert.equal(deltas[0]?.role, 'assistant');
    assert.ok(deltas.slice(1).every((delta) => delta?.role === undefined));
    assert.equal(deltas.map((delta) => delta?.content ?? '').join(''), 'One two three.');
    assert.deepEqual(
      chunks.map((chunk) => chunk.choices[0]?.finish_reason),
      [...chunks.slice(1).map(() => null), 'stop'],
    );
    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.ok(
      chunks.every((chunk) => !('usage' in chunk)),
      'usage comes only when it is asked for',
    );
  });

  it('ends with requested token counts, with null usage in every earlier chunk', async () => {
    const { openai, words } = setup;
    const messages = [user(words.say('One two three.'))];
    const stream_options = { include_usage: true };
    const stream = await openai.chat.completions.create({ model, messages, stream: true, stream_options });
    const chunks = await Array.fromAsync(stream);
    const last = chunks.pop();
    assert.deepEqual(last?.choices, []);
    assert.ok(last?.usage && last.usage.completion_tokens > 0);
    assert.ok(chunks.length > 2);
    assert.ok(chunks.every((chunk) => chunk.usage === null));
  });

  it('is assembled by the stream() helper', async () => {
    const { openai, words } = setup;
    const stream = openai.chat.completions.stream({ model, messages: [user(words.say('One two three.'))] });
    const seen: string[] = [];
    stream.on('content', (delta) => seen.push(delta));
    const completion = await stream.finalChatCompletion();
    assert.equal(completion.choices[0]?.message.content, 'One two three.');
    assert.equal(completion.choices[0]?.finish_reason, 'stop');
    assert.equal(seen.join(''), 'One two three.');
  });

  it('streams a refusal as the helper expects it', async () => {
    const { openai, words } = setup;
    const stream = openai.chat.completions.stream({ model, messages: [user(words.refuse('I will not.'))] });
    const completion = await stream.finalChatCompletion();
    assert.equal(completion.choices[0]?.message.refusal, 'I will not.');
  });

  it('streams reasoning beside the content, not in it', async () => {
    const { openai, words } = setup;
    const messages = [user(words.think('First I think.', 'Then I speak.'))];
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    const fields = { content: '', reasoning_content: '' };
    for await (const chunk of stream) {
      const delta: { content?: string | null; reasoning_content?: string } = chunk.choices[0]?.delta ?? {};
      fields.content += delta.content ?? '';
      fields.reasoning_content += delta.reasoning_content ?? '';
    }
    assert.deepEqual(fields, { content: 'Then I speak.', reasoning_content: 'First I think.' });
  });

  it('makes the SDK throw when the agent breaks off, after the partial output', async () => {
    const { openai, words } = setup;
    const stream = await openai.chat.completions.create({ model, messages: [user(words.breakOff)], stream: true });
    let text = '';
    const read = async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    };
    await assert.rejects(read(), (error) => {
      assert.ok(error instanceof APIError);
      assert.equal(error.code, 'upstream_error');
      assert.equal(error.type, 'server_error');
      return true;
    });
    assert.equal(text, 'one two');
  });
}

function toolTests(setup: Setup): void {
  it('returns a tool call to the client and answers with its result', async () => {
    const { openai, words } = setup;
    const messages = [user(words.call({ name: 'get_weather', arguments: { city: 'Paris' } }))];
    const first = await openai.chat.completions.create({ model, messages, tools: [weatherTool] });
    const message = first.choices[0]?.message;
    const call = message?.tool_calls?.[0];
    assert.ok(message && call?.type === 'function');
    assert.equal(first.choices[0]?.finish_reason, 'tool_calls');
    assert.equal(message.content, null);
    assert.equal(call.function.name, 'get_weather');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Paris' });

    const result: ChatCompletionMessageParam = { role: 'tool', tool_call_id: call.id, content: '18 degrees' };
    const second = await openai.chat.completions.create({
      model,
      messages: [...messages, message, result],
      tools: [weatherTool],
    });
    assert.ok(second.choices[0]?.message.content?.includes(words.provesResult('18 degrees')));
    assert.equal(second.choices[0]?.finish_reason, 'stop');
  });

  it('streams several calls at once, each with its own index, id and arguments', async () => {
    const { openai, words } = setup;
    const text = words.call(
      { name: 'get_weather', arguments: { city: 'Paris' } },
      { name: 'get_weather', arguments: { city: 'Rome' } },
    );
    const stream = openai.chat.completions.stream({ model, messages: [user(text)], tools: [weatherTool] });
    const completion = await stream.finalChatCompletion();
    const calls = completion.choices[0]?.message.tool_calls ?? [];
    assert.equal(completion.choices[0]?.finish_reason, 'tool_calls');
    assert.deepEqual(
      calls.map((call) => call.type === 'function' && JSON.parse(call.function.arguments)),
      [{ city: 'Paris' }, { city: 'Rome' }],
    );
    assert.equal(new Set(calls.map((call) => call.id)).size, 2);
  });

  for (const stream of [false, true]) {
    it(`runs the SDK's own tool loop to its end, ${stream ? 'streamed' : 'plain'}`, async () => {
      const { openai, words } = setup;
      const asked: unknown[] = [];
      const tools = [
        {
          type: 'function' as const,
          function: {
            ...weatherTool.function,
            parse: JSON.parse,
            function: (args: { city: string }) => {
              asked.push(args);
              return '18 degrees';
            },
          },
        },
      ];
      const messages = [user(words.call({ name: 'get_weather', arguments: { city: 'Paris' } }))];
      const runner = stream
        ? openai.chat.completions.runTools({ model, messages, tools, stream: true })
        : openai.chat.completions.runTools({ model, messages, tools });
      const answer = await runner.finalContent();
      assert.deepEqual(asked, [{ city: 'Paris' }]);
      assert.ok(answer?.includes(words.provesResult('18 degrees')));
    });
  }
}
