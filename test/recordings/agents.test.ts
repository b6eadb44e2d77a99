import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordedExchange } from '../../src/recording/recording.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { recordedEvents, startRecordedUpstream } from './recorded-upstream.ts';

/** The tool that the recorded requests offered. */
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const name = 'get_weather';

/** Finds the recorded chat stream, of the request with or without tools. */
const chatStream = (exchanges: RecordedExchange[], { tools }: { tools: boolean }): RecordedExchange | undefined =>
  exchanges.find(
    ({ request, response }) =>
      request.path === '/v1/chat/completions' &&
      response?.stream !== undefined &&
      (Object(request.json).tools !== undefined) === tools,
  );

const textOf = (exchange: RecordedExchange | undefined): string =>
  recordedEvents(exchange)
    .map(({ choices }) => choices?.[0]?.delta?.content ?? '')
    .join('');

describe('the recorded streams of real agents reach clients of both APIs whole', () => {
  for (const agent of ['hermes', 'llama', 'transformers', 'litellm']) {
    test(agent, async () => {
      await using upstream = await startRecordedUpstream(agent);
      await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_UPSTREAM_STREAM: 'always' });
      const recorded = chatStream(upstream.exchanges, { tools: false });
      const expected = textOf(recorded);
      assert.notEqual(expected, '', 'the recording has no text');
      const end = recordedEvents(recorded).findLast(({ choices }) => choices?.[0]?.finish_reason);
      const reason = end?.choices[0].finish_reason;
      const completion = await server.openai.chat.completions.create({
        model: '',
        messages: [{ role: 'user', content: 'say hello' }],
      });
      assert.equal(completion.choices[0]?.message.content, expected);
      assert.equal(completion.choices[0]?.finish_reason, reason);
      const response = await server.openai.responses.create({ input: 'say hello' });
      assert.equal(response.output_text, expected);
      assert.equal(response.status, reason === 'length' ? 'incomplete' : 'completed');
      const usage = recordedEvents(recorded).findLast((event) => event.usage?.total_tokens)?.usage;
      if (usage) assert.equal(response.usage?.total_tokens, usage.total_tokens);
    });
  }
});

describe('the recorded tool calls of real agents become items', () => {
  for (const agent of ['llama', 'litellm']) {
    test(agent, async () => {
      await using upstream = await startRecordedUpstream(agent);
      await using server = await startTalaria({ AGENT_URL: upstream.url });
      const { output } = await server.openai.responses.create({
        input: 'call get_weather',
        tools: [{ type: 'function', name, parameters, strict: false }],
      });
      const call = output.find(({ type }) => type === 'function_call');
      assert.ok(call?.type === 'function_call', JSON.stringify(output));
      assert.equal(call.name, name);
      assert.match(JSON.parse(call.arguments).city, /^(Paris|Rome)$/);
    });
  }
});

test('no recording names a path or a user of the machine it was made on', async () => {
  for (const agent of ['hermes', 'llama', 'transformers', 'litellm']) {
    await using upstream = await startRecordedUpstream(agent);
    assert.doesNotMatch(JSON.stringify(upstream.exchanges), /\/(tmp|root|home|Users)\//);
  }
});
