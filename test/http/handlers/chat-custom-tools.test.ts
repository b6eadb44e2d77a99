import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import { agents, useServer } from '../../clients/agents-under-test.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';

const model = 'any-name';
const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });
const patchTool: ChatCompletionTool = {
  type: 'custom',
  custom: {
    name: 'apply_patch',
    description: 'Changes files.',
    format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: LINE+' } },
  },
};
const weatherTool: ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
const input = '*** Begin\n"quoted" \\ é 😀\n*** End';

for (const agent of agents) {
  describe(`custom tools and the ${agent}`, () => {
    const setup = useServer(agent, 'memory');
    const ask = () => setup.words.call({ name: 'apply_patch', arguments: { input } });

    it('are called with text, and take the result back', async () => {
      const { openai, words } = setup;
      const tools = [patchTool];
      const first = await openai.chat.completions.create({ model, messages: [user(ask())], tools });
      const message = first.choices[0]?.message;
      const call = message?.tool_calls?.[0];
      assert.ok(message && call?.type === 'custom');
      assert.deepEqual(call.custom, { name: 'apply_patch', input });
      assert.equal(first.choices[0]?.finish_reason, 'tool_calls');
      const result: ChatCompletionMessageParam = { role: 'tool', tool_call_id: call.id, content: 'patched' };
      const messages = [user(ask()), message, result];
      const second = await openai.chat.completions.create({ model, messages, tools });
      assert.ok(second.choices[0]?.message.content?.includes(words.provesResult('patched')));
    });

    it('stream their input in pieces, which the stream() helper puts together', async () => {
      const messages = [user(ask())];
      const stream = setup.openai.chat.completions.stream({ model, messages, tools: [patchTool] });
      const pieces: string[] = [];
      stream.on('chunk', (chunk) => {
        // The SDK's type of a delta knows functions only.
        const calls: { custom?: { input?: string } }[] = chunk.choices[0]?.delta.tool_calls ?? [];
        for (const { custom } of calls) if (custom?.input) pieces.push(custom.input);
      });
      const call = (await stream.finalChatCompletion()).choices[0]?.message.tool_calls?.[0];
      assert.equal(call?.type, 'custom');
      assert.ok(pieces.length > 1);
      assert.equal(pieces.join(''), input);
    });

    it('may be called beside functions', async () => {
      const { openai, words } = setup;
      const text = words.call(
        { name: 'get_weather', arguments: { city: 'Paris' } },
        { name: 'apply_patch', arguments: { input } },
      );
      const tools = [patchTool, weatherTool];
      const { choices } = await openai.chat.completions.create({ model, messages: [user(text)], tools });
      assert.deepEqual(
        choices[0]?.message.tool_calls?.map((call) => (call.type === 'custom' ? call.custom : call.function.arguments)),
        ['{"city":"Paris"}', { name: 'apply_patch', input }],
      );
    });

    it('are not called when only others are allowed', async () => {
      const { openai, words } = setup;
      const text = words.call(
        { name: 'get_weather', arguments: { city: 'Paris' } },
        { name: 'apply_patch', arguments: { input } },
      );
      const { choices } = await openai.chat.completions.create({
        model,
        messages: [user(text)],
        tools: [patchTool, weatherTool],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'get_weather' } }] },
        },
      });
      assert.deepEqual(
        choices[0]?.message.tool_calls?.map(({ type }) => type),
        ['function'],
      );
    });
  });
}

describe('a custom tool that is named', () => {
  it('is called by the offline agent, with a sample of text', async () => {
    await using server = await startTalaria();
    const { choices } = await server.openai.chat.completions.create({
      model,
      messages: [user('Hello')],
      tools: [weatherTool, patchTool],
      tool_choice: { type: 'custom', custom: { name: 'apply_patch' } },
    });
    const call = choices[0]?.message.tool_calls?.[0];
    assert.ok(call?.type === 'custom');
    assert.equal(call.custom.name, 'apply_patch');
    assert.ok(call.custom.input.length > 0);
  });

  it('is a function of one string to an upstream that knows no others, in the replayed call too', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    await server.openai.chat.completions.create({
      model,
      messages: [
        user('Hello'),
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'custom', custom: { name: 'apply_patch', input: 'x' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'patched' },
        user('tool apply_patch {"input":"y"}'),
      ],
      tools: [patchTool],
      tool_choice: { type: 'custom', custom: { name: 'apply_patch' } },
    });
    const { body } = upstream.requests.at(-1) ?? {};
    assert.equal(body.tools[0].type, 'function');
    assert.deepEqual(body.tools[0].function.parameters.required, ['input']);
    assert.match(body.tools[0].function.description, /lark grammar:\nstart: LINE\+$/);
    assert.deepEqual(body.tool_choice, { type: 'function', function: { name: 'apply_patch' } });
    assert.deepEqual(body.messages[1].tool_calls, [
      { id: 'call_1', type: 'function', function: { name: 'apply_patch', arguments: '{"input":"x"}' } },
    ]);
  });
});
