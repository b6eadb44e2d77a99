import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { type HttpServer, startMcpServer } from '../../helpers/mcp/http-server.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { writeConfig } from '../../helpers/write-config.ts';

/** The tools of one server, which clients and the agent may use. */
const mcp = { type: 'mcp' as const, server_label: 'tools', require_approval: 'never' as const };
const lookup = { type: 'function' as const, name: 'lookup', parameters: { type: 'object' }, strict: false };
const echo = (text: string) => `/call tools__echo ${JSON.stringify({ text })}`;

suite('the tool loop', () => {
  const stack = new AsyncDisposableStack();
  let tools: HttpServer;
  let server: TestServer;

  before(async () => {
    tools = stack.use(await startMcpServer());
    server = await start({});
  });
  after(() => stack.disposeAsync());

  async function start(agent: object): Promise<TestServer> {
    const settings = { agents: { main: { url: 'offline:', ...agent } }, mcp_servers: { tools: { url: tools.url } } };
    const file = stack.use(writeConfig(JSON.stringify(settings)));
    return stack.use(await startTalaria({ TALARIA_CONFIG: file.path }));
  }

  const create = (input: string | ResponseInputItem[], fields: object = {}) =>
    server.openai.responses.create({ input, tools: [mcp], ...fields });

  test('lists the tools, runs parallel calls, and asks the model again with the results', async () => {
    const { status, output, usage } = await create(`/say Let me see.\n${echo('a')}\n${echo('b')}\n/then\n/say Done.`);
    assert.equal(status, 'completed');
    assert.deepEqual(
      output.map((item) => (item.type === 'mcp_call' ? [item.name, item.status, item.output, item.error] : item.type)),
      ['mcp_list_tools', 'message', ['echo', 'completed', 'a', null], ['echo', 'completed', 'b', null], 'message'],
    );
    const alone = await server.openai.responses.create({ input: '/say Done.' });
    assert.ok((usage?.input_tokens ?? 0) > 2 * (alone.usage?.input_tokens ?? 0), 'the usage of both replies');
  });

  test('streams each event of a call, in order', async () => {
    const stream = await server.openai.responses.create({
      input: `${echo('a')}\n/then\n/say Done.`,
      tools: [mcp],
      stream: true,
    });
    const types: string[] = [];
    for await (const event of stream) {
      if (event.type.includes('mcp') || (event.type.includes('output_item') && 'item' in event)) {
        types.push('item' in event ? `${event.type} ${event.item.type}` : event.type);
      }
    }
    assert.deepEqual(types, [
      'response.output_item.added mcp_list_tools',
      'response.mcp_list_tools.in_progress',
      'response.mcp_list_tools.completed',
      'response.output_item.done mcp_list_tools',
      'response.output_item.added mcp_call',
      'response.mcp_call.in_progress',
      'response.mcp_call_arguments.delta',
      'response.mcp_call_arguments.done',
      'response.mcp_call.completed',
      'response.output_item.done mcp_call',
      'response.output_item.added message',
      'response.output_item.done message',
    ]);
  });

  test('gives the model errors to read: of a tool, of its arguments, of an unknown tool', async () => {
    const { status, output } = await create(
      '/call tools__fail\n/call tools__echo raw {"text":\n/call tools__nothing\n/call other\n/then\n/say Sorry.',
    );
    assert.equal(status, 'completed');
    const outcomes = output.flatMap((item): unknown[] => {
      if (item.type === 'mcp_call') return [[item.name, item.status, item.error]];
      return item.type === 'function_call_output' ? [item.output] : [];
    });
    assert.deepEqual(outcomes, [
      ['fail', 'failed', 'no such luck'],
      ['echo', 'failed', 'The arguments are invalid. Expected a JSON object.'],
      ['nothing', 'failed', "The tool 'nothing' does not exist."],
      "The tool 'other' does not exist.",
    ]);
  });

  test("ends with the calls of the client's functions, beside the results of its own", async () => {
    const fields = { tools: [mcp, lookup] };
    const first = await create(`/call lookup\n${echo('a')}\n/then\n/say Done.`, fields);
    assert.deepEqual(first.output.map(({ type }) => type).toSorted(), ['function_call', 'mcp_call', 'mcp_list_tools']);
    const call = first.output.find((item) => item.type === 'function_call');
    const input = [{ type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: 'found' }];
    const second = await create(input, { ...fields, previous_response_id: first.id });
    assert.equal(second.output_text, 'Done.');
    assert.deepEqual(
      second.output.map(({ type }) => type),
      ['message'],
      'the tools are not listed again',
    );
  });

  test('calls the server or the tool of a tool choice, in the first reply', async () => {
    const chosen = await create('please', { tool_choice: { type: 'mcp', server_label: 'tools', name: 'pid' } });
    const calls = chosen.output.filter((item) => item.type === 'mcp_call');
    assert.deepEqual(
      calls.map(({ name }) => name),
      ['pid'],
    );
    assert.match(chosen.output_text, /tools__pid returned/);
    const any = await create('please', { tool_choice: { type: 'mcp', server_label: 'tools' } });
    assert.equal(any.output.filter((item) => item.type === 'mcp_call').length, 1);
  });

  test('makes one call at a time without parallel calls', async () => {
    const { output } = await create(`${echo('a')}\n${echo('b')}\n/then\n/say Done.`, { parallel_tool_calls: false });
    assert.equal(output.filter(({ type }) => type === 'mcp_call').length, 1);
  });

  const endless = Array.from({ length: 5 }, (_, index) => echo(`${index}`)).join('\n/then\n');

  test('ends a run that needs more calls than it may make', async () => {
    const { status, incomplete_details: details, output } = await create(endless, { max_tool_calls: 2 });
    assert.equal(status, 'incomplete');
    assert.equal(details?.reason, 'max_tool_calls');
    assert.equal(output.filter(({ type }) => type === 'mcp_call').length, 2);
  });

  test('ends a run that used its output tokens, over all replies', async () => {
    const { incomplete_details: details, output } = await create(endless, { max_output_tokens: 18 });
    assert.equal(details?.reason, 'max_output_tokens');
    const calls = output.filter(({ type }) => type === 'mcp_call').length;
    assert.ok(calls >= 1 && calls < 5, `${calls} calls`);
  });

  test('ends a run that asked the model too often', async () => {
    const limited = await start({ max_iterations: 3 });
    const { incomplete_details: details, output } = await limited.openai.responses.create({
      input: endless,
      tools: [mcp],
    });
    assert.equal(details?.reason, 'max_iterations' as string);
    assert.equal(output.filter(({ type }) => type === 'mcp_call').length, 3);
  });

  test('reports a server whose tools cannot be listed, and fails', async () => {
    await using dead = await startMcpServer();
    const settings = { mcp_servers: { gone: { url: dead.url } } };
    using file = writeConfig(JSON.stringify(settings));
    await using other = await startTalaria({ TALARIA_CONFIG: file.path });
    await dead[Symbol.asyncDispose]();
    const request = { input: 'hi', tools: [{ ...mcp, server_label: 'gone' }] };
    await assert.rejects(other.openai.responses.create(request), { status: 424, code: 'mcp_server_error' });
    const events = await Array.fromAsync(await other.openai.responses.create({ ...request, stream: true }));
    const last = events.at(-1);
    assert.ok(last?.type === 'response.failed');
    assert.match(last.response.error?.message ?? '', /'gone'/);
    const replayed = await Array.fromAsync(await other.openai.responses.retrieve(last.response.id, { stream: true }));
    assert.deepEqual(replayed, events);
    const types = events.map(({ type }) => type);
    assert.deepEqual(types.slice(-5), [
      'response.output_item.added',
      'response.mcp_list_tools.in_progress',
      'response.mcp_list_tools.failed',
      'response.output_item.done',
      'response.failed',
    ]);
  });

  test('runs the tools of the agent for chat, and shows the last reply alone', async () => {
    const agent = await start({ mcp_servers: ['tools'] });
    const { choices } = await agent.openai.chat.completions.create({
      model: 'offline',
      messages: [{ role: 'user', content: `/say Let me see.\n${echo('a')}\n/then\n/say Done.` }],
    });
    assert.deepEqual(
      choices.map(({ message, finish_reason: reason }) => [message.content, reason]),
      [['Done.', 'stop']],
    );
    const response = await agent.openai.responses.create({ input: `${echo('a')}\n/then\n/say Done.` });
    assert.deepEqual(
      response.output.map(({ type }) => type),
      ['mcp_call', 'message'],
      'its list is not shown',
    );
  });
});
