import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordedExchange } from '../../src/recording/recording.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { recordedEvents, startRecordedUpstream } from './recorded-upstream.ts';

/** As in the recorded requests. */
const weather = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};

/** Finds the recorded stream of the Responses API, of the request with or without tools, and returns its last event. */
function terminalEvent(exchanges: RecordedExchange[], { tools }: { tools: boolean }) {
  const found = exchanges.find(
    ({ request, response }) =>
      request.path === '/v1/responses' &&
      response?.stream !== undefined &&
      Object(request.json).stream === true &&
      (Object(request.json).tools !== undefined) === tools,
  );
  return recordedEvents(found).at(-1);
}

const textOf = (item: { content?: { text: string }[] } | undefined): string => item?.content?.[0]?.text ?? '';

describe('the recorded responses of real agents reach clients of both APIs whole', () => {
  for (const agent of ['hermes', 'litellm', 'transformers']) {
    test(agent, async () => {
      await using upstream = await startRecordedUpstream(agent);
      await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_API: 'responses' });
      const { response: recorded } = terminalEvent(upstream.exchanges, { tools: false });
      const expected = textOf(recorded.output.at(-1));
      assert.notEqual(expected, '', 'the recording has no text');
      const response = await server.openai.responses.create({ input: 'say hello' });
      assert.equal(response.output_text, expected);
      assert.equal(response.status, recorded.status);
      assert.equal(response.usage?.total_tokens, recorded.usage.total_tokens);
      const completion = await server.openai.chat.completions.create({
        model: '',
        messages: [{ role: 'user', content: 'say hello' }],
      });
      assert.equal(completion.choices[0]?.message.content, expected);
    });
  }

  test('the call of a tool of the client, by litellm', async () => {
    await using upstream = await startRecordedUpstream('litellm');
    await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_API: 'responses' });
    const { output } = await server.openai.responses.create({ input: 'call get_weather', tools: [weather] });
    const call = output.find((item) => item.type === 'function_call');
    assert.equal(call?.arguments, '{"city":"Paris"}');
  });
});

describe("the recorded call of Hermes' own tool becomes items, with its result", () => {
  for (const api of ['responses', 'hermes']) {
    test(`api: ${api}`, async () => {
      await using upstream = await startRecordedUpstream('hermes');
      await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_API: api });
      const { output, output_text: text } = await server.openai.responses.create({
        input: 'call terminal',
        tools: [weather],
      });
      assert.deepEqual(
        output.map(({ type }) => String(type)),
        ['function_call', 'function_call_output', 'message'],
      );
      const [call, result] = output as unknown as Record<string, unknown>[];
      assert.equal(call?.['name'], 'terminal');
      assert.deepEqual(JSON.parse(String(call?.['arguments'])), { command: 'echo found' });
      assert.equal(result?.['call_id'], call?.['call_id']);
      assert.match(JSON.stringify(result?.['output']), /found.*exit_code/);
      assert.match(text, /^\s*done$/);
    });
  }
});
