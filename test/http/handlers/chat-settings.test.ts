import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BadRequestError } from 'openai';
import { agents, useServer } from '../../clients/agents-under-test.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';

const model = 'any-name';

for (const agent of agents) {
  describe(`settings of a chat completion of the ${agent}`, () => {
    const setup = useServer(agent, 'memory');
    const messages = () => [{ role: 'user' as const, content: setup.words.say('One two.') }];

    it('may be null, stream among them', async () => {
      const nothing = ['stream', 'stream_options', 'n', 'stop', 'store', 'metadata', 'tools', 'tool_choice', 'seed'];
      const fields = Object.fromEntries(nothing.map((name) => [name, null]));
      const reply = await post(`${setup.url}/v1/chat/completions`, { messages: messages(), ...fields });
      assert.equal(reply.status, 200);
      assert.match(reply.headers.get('content-type') ?? '', /^application\/json/);
    });

    it('may ask for padding, which never comes', async () => {
      const stream = await setup.openai.chat.completions.create({
        model,
        messages: messages(),
        stream: true,
        stream_options: { include_obfuscation: true },
      });
      for await (const chunk of stream) assert.equal('obfuscation' in chunk, false);
    });

    it('may be ones that the server has no use for', async () => {
      const completion = await setup.openai.chat.completions.create({
        model,
        messages: messages(),
        prediction: { type: 'content', content: 'One' },
        web_search_options: { search_context_size: 'low' },
        modalities: ['text'],
        service_tier: 'flex',
        prompt_cache_key: 'key',
      });
      assert.equal(completion.choices[0]?.message.content, 'One two.');
      assert.equal(completion.service_tier, 'default');
    });

    it('may not be sound', async () => {
      const { completions } = setup.openai.chat;
      const voice = { model, messages: messages(), audio: { voice: 'alloy', format: 'mp3' as const } };
      await assert.rejects(completions.create(voice), (error) => {
        assert.ok(error instanceof BadRequestError);
        assert.deepEqual([error.code, error.param], ['unsupported_parameter', 'audio']);
        return true;
      });
      const sound = { type: 'input_audio' as const, input_audio: { data: 'AA==', format: 'wav' as const } };
      await assert.rejects(completions.create({ model, messages: [{ role: 'user', content: [sound] }] }), (error) => {
        assert.ok(error instanceof BadRequestError);
        assert.deepEqual([error.code, error.param], ['unsupported_value', 'messages[0].content[0]']);
        return true;
      });
    });

    it('are refused before the agent is called when the schema is invalid', async () => {
      const json_schema = { name: 'plan', schema: { type: 'unknown' } };
      const response_format = { type: 'json_schema' as const, json_schema };
      const request = { model, messages: messages(), response_format, stream: true as const };
      await assert.rejects(setup.openai.chat.completions.create(request), {
        status: 400,
        param: 'response_format.json_schema.schema',
      });
    });

    it('refuse a result without its call', async () => {
      const orphan = [{ role: 'tool' as const, tool_call_id: 'call_1', content: 'seen' }];
      await assert.rejects(setup.openai.chat.completions.create({ model, messages: [...messages(), ...orphan] }), {
        status: 400,
        code: 'invalid_value',
        param: 'messages[1].tool_call_id',
      });
    });
  });
}

describe('log probabilities of the offline agent', () => {
  it('are returned for each token, with the requested number of alternatives', async () => {
    await using server = await startTalaria();
    const messages = [{ role: 'user' as const, content: '/say One two.' }];
    const { choices } = await server.openai.chat.completions.create({
      model,
      messages,
      logprobs: true,
      top_logprobs: 2,
    });
    const tokens = choices[0]?.logprobs?.content ?? [];
    assert.equal(tokens.map(({ token }) => token).join(''), 'One two.');
    assert.ok(tokens.every((token) => token.top_logprobs.length === 2));
    const stream = await server.openai.chat.completions.create({ model, messages, logprobs: true, stream: true });
    const chunks = await Array.fromAsync(stream);
    const streamed = chunks.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? []);
    assert.deepEqual(
      streamed.map(({ token, logprob }) => [token, logprob]),
      tokens.map(({ token, logprob }) => [token, logprob]),
    );
  });
});

describe('settings of a chat completion', () => {
  it('reach an upstream as the client sent them, and only those', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const settings = {
      temperature: 0.5,
      top_p: 0.9,
      presence_penalty: 1,
      frequency_penalty: -1,
      max_tokens: 50,
      stop: ['END'],
      seed: 7,
      logit_bias: { '50256': -100 },
      logprobs: true,
      top_logprobs: 3,
      user: 'ann',
    };
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await server.openai.chat.completions.create({ model, messages, ...settings, metadata: { a: 'b' }, store: false });
    const { stream, stream_options, model: asked, messages: sent, ...rest } = upstream.requests.at(-1)?.body ?? {};
    assert.deepEqual(rest, settings);
    assert.deepEqual([stream, stream_options, asked], [true, { include_usage: true }, model]);
    assert.deepEqual(sent, [{ role: 'user', content: 'Hello' }]);
  });
});
