import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../../helpers/upstream.ts';

const model = 'test-model';

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const named = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

const hermesStart = { tool: 'terminal', emoji: '💻', label: 'echo x', toolCallId: 'call_1', status: 'running' };
const hermesEnd = { tool: 'terminal', toolCallId: 'call_1', status: 'completed' };
const end = `${chunk({}, 'stop')}data: [DONE]\n\n`;

const streams: Record<string, string> = {
  'the events of Hermes': [
    chunk({ role: 'assistant' }),
    chunk({ content: 'Let me look.' }),
    named('hermes.tool.progress', hermesStart),
    named('hermes.tool.progress', hermesEnd),
    chunk({ content: '\n\ndone' }),
    end,
  ].join(''),
  'events of other names': [
    chunk({ content: 'Let me look.' }),
    named('agent.tool.started', { name: 'terminal', id: 'call_1', preview: 'echo x' }),
    named('agent.tool.completed', { name: 'terminal', id: 'call_1' }),
    named('agent.status', { state: 'thinking' }),
    chunk({ content: 'done' }),
    end,
  ].join(''),
};

describe('tools that a chat agent runs itself', () => {
  let upstream: Upstream;
  let server: TestServer;
  let sent = '';
  before(async () => {
    upstream = await startUpstream({
      answer: ({ path }, response) => {
        if (path !== '/v1/chat/completions') return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(sent);
        return true;
      },
    });
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const respond = async () => {
    const { output, output_text } = await server.openai.responses.create({ model, input: 'hi' });
    return { items: output as unknown as Record<string, string>[], output_text };
  };
  const complete = async () => {
    const messages = [{ role: 'user' as const, content: 'hi' }];
    const [choice] = (await server.openai.chat.completions.create({ model, messages })).choices;
    return choice;
  };
  const typesOf = (items: Record<string, string>[]) => items.map(({ type }) => type);

  for (const [name, stream] of Object.entries(streams)) {
    it(`become calls and results from ${name}`, async () => {
      sent = stream;
      const { items } = await respond();
      assert.deepEqual(typesOf(items), ['message', 'function_call', 'function_call_output', 'message']);
      assert.equal(items[1]?.['name'], 'terminal');
      assert.equal(items[1]?.['call_id'], 'call_1');
      assert.deepEqual(JSON.parse(items[1]?.['arguments'] ?? ''), { preview: 'echo x' });
      assert.equal(items[2]?.['call_id'], 'call_1');
      assert.deepEqual(JSON.parse(items[2]?.['output'] ?? ''), { status: 'completed' });
      const choice = await complete();
      assert.equal(choice?.message.content, 'Let me look.\n\ndone');
      assert.equal(choice?.message.tool_calls, undefined);
      assert.equal(choice?.finish_reason, 'stop');
    });
  }

  it('keep messages of the role tool out of the text', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'ls', arguments: '{}' } };
    sent = [
      chunk({ role: 'assistant', tool_calls: [call] }),
      chunk({ role: 'tool', tool_call_id: 'call_1', content: 'a.t' }),
      chunk({ role: 'tool', tool_call_id: 'call_1', content: 'xt' }),
      chunk({ role: 'assistant', content: 'done' }),
      end,
    ].join('');
    const { items, output_text } = await respond();
    assert.deepEqual(typesOf(items), ['function_call', 'function_call_output', 'message']);
    assert.equal(items[1]?.['output'], 'a.txt');
    assert.equal(output_text, 'done');
    const choice = await complete();
    assert.equal(choice?.message.content, 'done');
    assert.equal(choice?.finish_reason, 'stop');
  });

  it('have a call for a result without one', async () => {
    sent = [chunk({ role: 'tool', content: 'a.txt', name: 'ls' }), chunk({ content: 'done' }), end].join('');
    const { items } = await respond();
    assert.deepEqual(typesOf(items), ['function_call', 'function_call_output', 'message']);
    assert.equal(items[0]?.['name'], 'ls');
    assert.equal(items[0]?.['call_id'], items[1]?.['call_id']);
  });

  it('are ignored without a name', async () => {
    sent = [named('hermes.tool.progress', { status: 'running' }), chunk({ content: 'done' }), end].join('');
    assert.deepEqual(typesOf((await respond()).items), ['message']);
  });
});
