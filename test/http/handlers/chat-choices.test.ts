import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APIError } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { limits } from '../../../src/config/limits.ts';
import { agents, useServer } from '../../clients/agents-under-test.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';

const model = 'any-name';
const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });

for (const agent of agents) {
  describe(`several choices of the ${agent}`, () => {
    const setup = useServer(agent, 'memory');

    it('come in one plain reply, each with its index; the prompt is counted once', async () => {
      const { openai, words } = setup;
      const messages = [user(words.say('One two three.'))];
      const single = await openai.chat.completions.create({ model, messages });
      const completion = await openai.chat.completions.create({ model, messages, n: 3 });
      assert.deepEqual(
        completion.choices.map(({ index, message, finish_reason }) => [index, message.content, finish_reason]),
        [0, 1, 2].map((index) => [index, 'One two three.', 'stop']),
      );
      assert.ok(single.usage && completion.usage);
      assert.equal(completion.usage.prompt_tokens, single.usage.prompt_tokens);
      assert.equal(completion.usage.completion_tokens, 3 * single.usage.completion_tokens);
      assert.equal(completion.usage.total_tokens, completion.usage.prompt_tokens + completion.usage.completion_tokens);
    });

    it('come in one stream, each with a role, its text and a reason, under one id', async () => {
      const { openai, words } = setup;
      const messages = [user(words.say('One two three.'))];
      const request = { model, messages, n: 3, stream: true as const, stream_options: { include_usage: true } };
      const chunks = await Array.fromAsync(await openai.chat.completions.create(request));
      assert.equal(new Set(chunks.map(({ id }) => id)).size, 1);
      for (const index of [0, 1, 2]) {
        const own = chunks.flatMap(({ choices }) => choices).filter((choice) => choice.index === index);
        assert.equal(own[0]?.delta.role, 'assistant');
        assert.equal(own.map(({ delta }) => delta.content ?? '').join(''), 'One two three.');
        assert.deepEqual(
          own.map((choice) => choice.finish_reason),
          [...own.slice(1).map(() => null), 'stop'],
        );
      }
      assert.deepEqual(chunks.at(-1)?.choices, []);
      assert.ok(chunks.at(-1)?.usage);
    });

    it('are put together again by the stream() helper, with their calls', async () => {
      const { openai, words } = setup;
      const messages = [user(words.call({ name: 'get_weather', arguments: { city: 'Paris' } }))];
      const completion = await openai.chat.completions.stream({ model, messages, n: 2 }).finalChatCompletion();
      assert.deepEqual(
        completion.choices.map(({ index, message }) => [
          index,
          message.tool_calls?.map((call) => call.type === 'function' && JSON.parse(call.function.arguments)),
        ]),
        [0, 1].map((index) => [index, [{ city: 'Paris' }]]),
      );
    });

    it('may be more than run at once', async () => {
      const { openai, words } = setup;
      const n = limits.chatRunsAtOnce + 2;
      const { choices } = await openai.chat.completions.create({ model, messages: [user(words.say('Hi.'))], n });
      assert.deepEqual(
        choices.map(({ index, message }) => [index, message.content]),
        Array.from({ length: n }, (_, index) => [index, 'Hi.']),
      );
    });

    it('are refused together, with the status of the agent', async () => {
      const { openai, words } = setup;
      const request = { model, messages: [user(words.fail(400))], n: 2 };
      await assert.rejects(openai.chat.completions.create(request), { status: 400 });
      await assert.rejects(openai.chat.completions.create({ ...request, stream: true }), { status: 400 });
    });

    it('are at most 128', async () => {
      const request = { model, messages: [user('Hello')], n: 129 };
      await assert.rejects(setup.openai.chat.completions.create(request), {
        status: 400,
        code: 'invalid_value',
        param: 'n',
      });
    });
  });
}

describe('several choices of an upstream', () => {
  it('stop all when one of them breaks off, and the stream ends with an error', async () => {
    // The second choice has the next seed: this one breaks, the other would go on for long.
    await using upstream = await startUpstream({
      answer: ({ body }, response) => {
        if (body?.seed !== 8) return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const choice = { index: 0, delta: { role: 'assistant', content: 'broken' }, finish_reason: null };
        response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`, () => response.destroy());
        return true;
      },
    });
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const messages = [user('slow 2000x20ms')];
    const stream = await server.openai.chat.completions.create({ model, messages, n: 2, seed: 7, stream: true });
    await assert.rejects(
      Array.fromAsync(stream),
      (error) => error instanceof APIError && error.code === 'upstream_error',
    );
    while (upstream.openStreams > 0) await upstream.nextClose();
    assert.deepEqual(
      upstream.requests
        .filter(({ path }) => path === '/v1/chat/completions')
        .map(({ body, finished }) => [body.seed, finished])
        .sort(),
      [
        [7, false],
        [8, false],
      ],
    );
  });

  it('all stop when the client goes away', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const messages = [user('slow 2000x20ms')];
    const stream = await server.openai.chat.completions.create({ model, messages, n: 3, stream: true });
    for await (const _ of stream) break;
    while (upstream.openStreams > 0) await upstream.nextClose();
    assert.equal(upstream.closed.filter(({ path }) => path === '/v1/chat/completions').length, 3);
    assert.ok(upstream.requests.every(({ finished, path }) => path === '/v1/models' || !finished));
  });
});
