import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria } from '../../helpers/talaria.ts';

const reasoning = (encrypted: string) => ({
  item: { type: 'reasoning', id: 'rs', summary: [], encrypted_content: encrypted },
});
const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'get_weather', arguments: '{}' };
const tools = [
  { type: 'function' as const, name: 'get_weather', parameters: { type: 'object', properties: {} }, strict: false },
];

suite('the history that an agent behind the Responses API receives', () => {
  test('has an output for each call', async () => {
    await using agent = await startResponsesUpstream([
      { events: toEvents([{ item: call }]) },
      { events: toEvents([toMessage('Ok.')]) },
    ]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses' });
    const { responses } = server.openai;
    const first = await responses.create({ model: 'm', input: 'weather', tools });
    await responses.create({ model: 'm', input: 'never mind', previous_response_id: first.id, tools });
    const types = agent.bodies[1].input.map(({ type }: { type: string }) => type);
    assert.deepEqual(types, ['message', 'function_call', 'function_call_output', 'message']);
    const items = await responses.retrieve(first.id);
    assert.equal(items.output.length, 1, 'the stored turn is unchanged');
  });

  test('loses reasoning that the agent no longer accepts', async () => {
    const refused = {
      status: 400,
      error: { code: 'invalid_encrypted_content', message: 'The encrypted content could not be verified.' },
    };
    await using agent = await startResponsesUpstream([
      { events: toEvents([reasoning('gAAAA'), toMessage('One.')]) },
      refused,
      { events: toEvents([toMessage('Two.')]) },
    ]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses' });
    const first = await server.openai.responses.create({ model: 'm', input: 'one' });
    const second = await server.openai.responses.create({ model: 'm', input: 'two', previous_response_id: first.id });
    assert.equal(second.status, 'completed');
    const types = agent.bodies.map(({ input }) => input.map(({ type }: { type: string }) => type));
    assert.deepEqual(types, [
      ['message'],
      ['message', 'reasoning', 'message', 'message'],
      ['message', 'message', 'message'],
    ]);
  });

  test('is compacted by this server, and passes what another server compacted', async () => {
    const foreign = { type: 'compaction', id: 'cmp_up', encrypted_content: 'gAAAA-compacted' };
    await using agent = await startResponsesUpstream([
      { events: toEvents([toMessage('The summary.')]) },
      { events: toEvents([{ item: foreign }, toMessage('One.')]) },
      { events: toEvents([toMessage('Two.')]) },
    ]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' });
    const { responses } = server.openai;
    const compacted = await responses.compact({ model: 'm', input: [{ role: 'user', content: 'long story' }] });
    const input = [...compacted.output, { role: 'user', content: 'go on' }];
    const first = await responses.create({ model: 'm', input: input as never });
    assert.match(agent.bodies[1].input[0].content[0].text, /The summary\./);
    assert.equal(agent.bodies[1].input[1].content[0].text, 'go on');
    await responses.create({ model: 'm', input: 'and on', previous_response_id: first.id });
    const passed = agent.bodies[2].input.find(({ type }: { type: string }) => type === 'compaction');
    assert.deepEqual(passed, foreign);
  });

  test('comes from the messages of a chat client, tool calls and settings included', async () => {
    await using agent = await startResponsesUpstream([{ events: toEvents([{ item: call }]) }]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses' });
    const { name, parameters } = tools[0] ?? {};
    const completion = await server.openai.chat.completions.create({
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c0', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c0', content: 'sun' },
      ],
      tools: [{ type: 'function', function: { name: name ?? '', parameters: parameters ?? {} } }],
      reasoning_effort: 'low',
      max_completion_tokens: 50,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
      stop: ['END'],
    });
    assert.equal(completion.choices[0]?.finish_reason, 'tool_calls');
    assert.equal(completion.choices[0]?.message.tool_calls?.[0]?.id, 'c1');
    const { input, reasoning: thinking, max_output_tokens: max, text, tools: sent, stop } = agent.bodies[0];
    assert.deepEqual(
      input.map((item: { type: string }) => item.type),
      ['message', 'function_call', 'function_call_output'],
    );
    assert.deepEqual(input[0].content, [
      { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'auto' },
    ]);
    assert.equal(input[2].output, 'sun');
    assert.deepEqual(thinking, { effort: 'low' });
    assert.equal(max, 50);
    assert.equal(text.format.type, 'json_schema');
    assert.equal(sent[0].name, 'get_weather');
    assert.equal(stop, undefined);
  });
});
