import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Response } from 'openai/resources/responses/responses';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { isApiError } from './is-api-error.ts';
import { postJson } from './post-json.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const settings = {
  instructions: 'Be brief.',
  max_output_tokens: 100,
  max_tool_calls: 3,
  metadata: { topic: 'test' },
  parallel_tool_calls: false,
  prompt_cache_key: 'key',
  reasoning: { effort: 'low' as const, summary: 'auto' as const },
  safety_identifier: 'somebody',
  store: true,
  temperature: 0.25,
  text: { format: { type: 'text' as const }, verbosity: 'low' as const },
  tool_choice: 'auto' as const,
  top_logprobs: 2,
  top_p: 0.5,
  truncation: 'auto' as const,
  user: 'u',
};

for (const store of stores) {
  describe(`a response, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);

    it('reports every effective setting, in each lifecycle event and when retrieved', async () => {
      const body = { model, input: 'Hello', presence_penalty: 0.5, frequency_penalty: -0.5, ...settings };
      const stream = await setup.openai.responses.create({ ...body, stream: true });
      const seen: Response[] = [];
      for await (const event of stream) if ('response' in event) seen.push(event.response);
      seen.push(await setup.openai.responses.create(body));
      seen.push(await setup.openai.responses.retrieve(seen[0]?.id ?? ''));
      assert.equal(seen.length, 5);
      for (const response of seen) {
        assert.partialDeepStrictEqual(response, { ...settings, presence_penalty: 0.5, frequency_penalty: -0.5 });
        assert.equal(response.service_tier, 'default');
        assert.equal(response.background, false);
      }
    });

    it('is incomplete at its token limit, as is its last item (N27)', async () => {
      for (const stream of [false, true]) {
        const body = { model, input: '/reason I think.\n/tokens 50', max_output_tokens: 16 };
        const response = stream
          ? await setup.openai.responses.stream(body).finalResponse()
          : await setup.openai.responses.create(body);
        assert.deepEqual(
          [response.status, response.incomplete_details],
          ['incomplete', { reason: 'max_output_tokens' }],
        );
        assert.deepEqual(
          response.output.map((item) => 'status' in item && item.status),
          ['completed', 'incomplete'],
        );
        assert.equal(response.usage?.output_tokens, 16);
      }
    });

    it('is incomplete when a content filter ends it, and reports the reason', async () => {
      const response = await setup.openai.responses.create({ model, input: '/say one\n/filter\n/say two' });
      assert.deepEqual([response.status, response.incomplete_details], ['incomplete', { reason: 'content_filter' }]);
    });

    it("refuses a limit below the specification's minimum", async () => {
      const create = (max_output_tokens: number) =>
        setup.openai.responses.create({ model, input: 'Hello', max_output_tokens });
      await assert.rejects(create(15), isApiError(400, 'invalid_value', 'max_output_tokens'));
      assert.equal((await create(16)).max_output_tokens, 16);
    });
  });
}

describe('the settings of a response, as sent upstream', () => {
  const setup = useUpstream('memory');

  it("have the default model when the client's model is empty or omitted, in both APIs", async () => {
    const messages = [{ role: 'user', content: 'Hello' }];
    for (const body of [{}, { model: null }, { model: '' }]) {
      for (const [path, input] of Object.entries({ responses: { input: 'Hello' }, 'chat/completions': { messages } })) {
        const { model: answered } = await postJson(`${setup.url}/v1/${path}`, { ...input, ...body });
        assert.deepEqual([answered, setup.sent.model], ['test-model', 'test-model'], `${path} ${JSON.stringify(body)}`);
      }
    }
  });

  it('are those that the client sent, without defaults', async () => {
    const { metadata: _, ...body } = settings;
    await setup.openai.responses.create({ model, input: 'Hello', ...body });
    const { messages, stream, stream_options, ...sent } = setup.sent;
    assert.equal(messages[0].content, 'Be brief.');
    assert.ok(stream && stream_options.include_usage);
    assert.deepEqual(
      { model: sent.model, temperature: sent.temperature, top_p: sent.top_p, effort: sent.reasoning_effort },
      { model: 'any-name', temperature: 0.25, top_p: 0.5, effort: 'low' },
    );
    assert.equal(sent.max_completion_tokens ?? sent.max_tokens, 100);
    await setup.openai.responses.create({ model, input: 'Hello' });
    const { messages: _messages, stream: _stream, stream_options: _options, ...bare } = setup.sent;
    assert.deepEqual(bare, { model: 'any-name' });
  });
});
