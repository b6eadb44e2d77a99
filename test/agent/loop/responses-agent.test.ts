import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const reasoning = (encrypted: string) => ({
  item: { type: 'reasoning', id: 'rs_up', summary: [], encrypted_content: encrypted },
});
const call = (id: string, name: string, args: object) => ({
  item: { type: 'function_call', id: `fc_${id}`, call_id: id, name, arguments: JSON.stringify(args) },
});
const tool = { type: 'mcp' as const, server_label: 'tools', allowed_tools: ['echo'] };

suite('the tool loop around an agent that speaks the Responses API', () => {
  async function start(replies: Parameters<typeof startResponsesUpstream>[0], agentSettings: object = {}) {
    await using stack = new AsyncDisposableStack();
    const agent = stack.use(await startResponsesUpstream(replies));
    const tools = stack.use(await startMcpServer());
    const settings = {
      agents: { main: { url: agent.url, api: 'responses', ...agentSettings } },
      mcp_servers: { tools: { url: tools.url } },
    };
    const file = stack.use(writeConfig(JSON.stringify(settings)));
    const { openai } = stack.use(await startTalaria({ TALARIA_CONFIG: file.path }));
    const owned = stack.move();
    return { agent, openai, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  }

  test('offers functions, and sends each reply back with its reasoning and results', async () => {
    await using server = await start([
      { events: toEvents([reasoning('gAAAA'), call('c1', 'tools__echo', { text: 'a' })]) },
      { events: toEvents([toMessage('It said a.')]) },
      { events: toEvents([toMessage('Again.')]) },
    ]);
    const tools = [{ ...tool, require_approval: 'never' as const }, { type: 'web_search' as const }];
    const first = await server.openai.responses.create({ input: 'hi', tools, tool_choice: 'required' });
    assert.equal(first.output_text, 'It said a.');
    const [asked, again] = server.agent.bodies;
    assert.deepEqual(
      asked.tools.map(({ type, name }: Record<string, unknown>) => name ?? type),
      ['web_search', 'tools__echo'],
    );
    assert.deepEqual([asked.tool_choice, again.tool_choice], ['required', 'auto']);
    const { encrypted_content: encrypted } = again.input[1];
    assert.deepEqual(
      again.input.map(({ type, output }: Record<string, unknown>) => output ?? type),
      ['message', 'reasoning', 'function_call', 'a'],
    );
    assert.equal(encrypted, 'gAAAA');
    await server.openai.responses.create({ input: 'again', previous_response_id: first.id, tools });
    const types = server.agent.bodies[2].input.map(({ type }: { type: string }) => type);
    assert.deepEqual(
      types.filter((type: string) => type.startsWith('mcp')),
      [],
      'its history has functions alone',
    );
    assert.deepEqual(types.slice(-4), ['function_call', 'function_call_output', 'message', 'message']);
  });

  test('continues the state of the agent with the results alone', async () => {
    const reply = (id: string, items: Parameters<typeof toEvents>[0]) => ({
      events: toEvents(items, { response: { id } }),
    });
    await using server = await start(
      [
        reply('resp_1', [call('c1', 'tools__echo', { text: 'a' })]),
        reply('resp_2', [call('c2', 'tools__echo', { text: 'b' })]),
        reply('resp_3', [toMessage('Done.')]),
      ],
      { upstream_state: true },
    );
    const tools = [{ ...tool, require_approval: 'never' as const }];
    await server.openai.responses.create({ input: 'hi', tools });
    const [, second, third] = server.agent.bodies;
    assert.deepEqual([second.previous_response_id, third.previous_response_id], ['resp_1', 'resp_2']);
    assert.deepEqual(
      [second.input, third.input].map((items) => items.map(({ output }: { output: unknown }) => output)),
      [['a'], ['b']],
    );
  });

  test('sends the result of an approved call with the id of its request', async () => {
    await using server = await start([
      { events: toEvents([call('c1', 'tools__echo', { text: 'a' })]) },
      { events: toEvents([toMessage('It said a.')]) },
    ]);
    const first = await server.openai.responses.create({ input: 'hi', tools: [tool] });
    const request = first.output.find((item) => item.type === 'mcp_approval_request');
    const answer = { type: 'mcp_approval_response' as const, approval_request_id: request?.id ?? '', approve: true };
    const second = await server.openai.responses.create({
      input: [answer],
      previous_response_id: first.id,
      tools: [tool],
    });
    assert.deepEqual(
      second.output.map(({ type }) => type),
      ['mcp_call', 'message'],
    );
    const sent = server.agent.bodies[1].input;
    assert.deepEqual(
      sent.map(({ type, call_id: id }: Record<string, unknown>) => [type, id]),
      [
        ['message', undefined],
        ['function_call', request?.id],
        ['function_call_output', request?.id],
      ],
    );
    assert.equal(sent[2].output, 'a');
  });
});
