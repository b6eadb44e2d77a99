import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startTalaria } from '../../helpers/talaria.ts';
import { createChatAgent, never, readAll, toRequest, toText } from '../upstream/upstream-harness.ts';
import type { Dialect } from './dialect.ts';
import { providers } from './providers.ts';
import { servers } from './servers.ts';
import { startDialect } from './start-dialect.ts';

const tools = [
  {
    type: 'function' as const,
    name: 'get_weather',
    strict: false,
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
];
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

for (const dialect of [...providers, ...servers]) {
  suite(dialect.name, () => {
    test('takes a chain with a tool, an unanswered call, and formats', async () => {
      await using upstream = await startDialect(dialect);
      await using server = await startTalaria({ AGENT_URL: upstream.upstream.url });
      const { responses, chat } = server.openai;

      const converse = async () => {
        const settings = {
          model: 'm',
          instructions: 'Be brief.',
          max_output_tokens: 100,
          tools,
          parallel_tool_calls: true,
        };
        const asked = await responses.create({ ...settings, input: 'How is the weather?' });
        const call = asked.output.find((item) => item.type === 'function_call');
        assert.equal(call?.arguments, '{"city":"Paris"}');
        const output = { type: 'function_call_output' as const, call_id: call.call_id, output: '' };
        const answered = await responses.create({ ...settings, previous_response_id: asked.id, input: [output] });
        assert.equal(answered.output_text, 'It is 18 degrees.');
        assert.equal(answered.status, 'completed');
        // The next turn leaves a call without its output, and the one after that goes on all the same.
        const left = await responses.create({ ...settings, previous_response_id: answered.id, input: 'And now?' });
        const last = await responses.create({ model: 'm', previous_response_id: left.id, input: 'Never mind.' });
        assert.equal(last.output_text, 'It is 18 degrees.');
        return answered;
      };
      assertThoughtsAndCounts(await converse(), dialect);
      const refusals = upstream.refusals;
      await converse();
      assert.equal(upstream.refusals, refusals, 'what was learned is remembered');

      const text = { format: { type: 'json_schema' as const, name: 'city', schema } };
      const formatted = await responses.create({ model: 'm', input: 'Name a city.', text });
      assert.deepEqual(JSON.parse(formatted.output_text), { city: 'Paris' });

      const chunks = await chat.completions.create({
        model: 'm',
        messages: [{ role: 'user', content: 'Name a city in JSON Schema.' }],
        response_format: { type: 'json_object' },
        stream: true,
      });
      let streamed = '';
      for await (const { choices } of chunks) streamed += choices[0]?.delta.content ?? '';
      assert.equal(streamed, '{"city":"Paris"}');
    });

    test('takes instructions alone', async () => {
      await using upstream = await startDialect(dialect);
      await using agent = createChatAgent({ url: upstream.upstream.url });
      const request = toRequest('', { instructions: 'Say the temperature.', messages: [] });
      assert.equal(toText(await readAll(await agent.run(request, { signal: never }))), 'It is 18 degrees.');
    });
  });
}

function assertThoughtsAndCounts(
  { output, usage }: { output: { type: string; content?: unknown }[]; usage?: unknown },
  dialect: Dialect,
): void {
  const thoughts = output.find(({ type }) => type === 'reasoning');
  assert.equal(thoughts !== undefined, dialect.thoughts !== undefined, 'thoughts are reasoning');
  if (thoughts) assert.match(JSON.stringify(thoughts), /"think"/);
  if (dialect.usage === 'none') return;
  const {
    input_tokens: input,
    output_tokens: output_,
    input_tokens_details: details,
  } = usage as {
    input_tokens: number;
    output_tokens: number;
    input_tokens_details: { cached_tokens: number };
  };
  assert.deepEqual([input, output_, details.cached_tokens], [12, 7, dialect.cachedTokens ?? 2]);
}
