import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { call, odd, script, startMcpTalaria, use } from './mcp-talaria.ts';

const stack = new AsyncDisposableStack();
let server: TestServer;
let url: string;
before(async () => {
  ({ url } = stack.use(await startMcpServer()));
  server = stack.use(
    await startMcpTalaria({ odd }, { MCP_REQUEST_SERVERS: 'any' }, { hosted_tools: { web_search: 'odd/greet' } }),
  );
});
after(() => stack.disposeAsync());

/** Sends a call of the model, and returns what became of it. */
async function outcomeOf(name: string, fields: object): Promise<unknown[]> {
  const input = script(call(name), '/say Done.');
  const { output } = await server.openai.responses.create({ model: 'offline', input, ...fields });
  return output.flatMap((item): unknown[] => {
    if (item.type === 'mcp_call') return [item.name, item.output ?? item.error];
    if (item.type === 'mcp_approval_request') return [item.type, item.name];
    return item.type === 'function_call' ? [item.type, item.name] : [];
  });
}

describe('a call by a name that was not offered', () => {
  const guarded = use('odd', { require_approval: 'always' });
  const search = { type: 'web_search' };

  it('means the tool whose name was changed, with its approval', async () => {
    assert.deepEqual(await outcomeOf('odd__say.hello', { tools: [guarded] }), ['mcp_approval_request', 'say.hello']);
    assert.deepEqual(await outcomeOf('odd__say.hello', { tools: [use('odd')] }), ['say.hello', 'hello']);
  });

  it('does not reach the tool that stands for a hosted one', async () => {
    const tools = [search, use('odd', { allowed_tools: ['say.hello'] })];
    assert.deepEqual(await outcomeOf('odd__greet', { tools }), ['greet', "The tool 'greet' does not exist."]);
  });

  it('does not reach a configured server through the same label of a client', async () => {
    const tools = [search, use('odd', { server_url: url })];
    assert.deepEqual(await outcomeOf('odd__greet', { tools }), ['greet', "The tool 'greet' does not exist."]);
  });

  it('is not needed to approve a hosted tool: the call runs once it is approved', async () => {
    const config = { odd: { ...odd, require_approval: 'always' } };
    await using own = await startMcpTalaria(config, {}, { hosted_tools: { web_search: 'odd/greet' } });
    const tools = [search] as never;
    const input = script(call('web_search', { query: 'tides' }), '/say Done.');
    const asked = await own.openai.responses.create({ model: 'offline', input, tools });
    const request = asked.output.find(({ type }) => type === 'mcp_approval_request');
    const answer = { type: 'mcp_approval_response' as const, approval_request_id: request?.id ?? '', approve: true };
    const fields = { model: 'offline', tools, previous_response_id: asked.id };
    const { output } = await own.openai.responses.create({ ...fields, input: [answer] });
    assert.ok(
      output.some((item) => item.type === 'mcp_call' && item.output === 'hi'),
      JSON.stringify(output),
    );
  });

  it("is a call of the client's function of that name", async () => {
    const own = { type: 'function', name: 'odd__greet', parameters: { type: 'object' } };
    assert.deepEqual(await outcomeOf('odd__greet', { tools: [use('odd'), own] }), ['function_call', 'odd__greet']);
  });
});

describe('tool_choice', () => {
  const lookup = { type: 'function', name: 'lookup', parameters: { type: 'object' } };
  const allow = (...tools: object[]) => ({ type: 'allowed_tools', mode: 'auto', tools });

  it('does not lift the limits of a server that it omits, even if the agent has it too', async () => {
    const agents = { main: { url: 'offline:', mcp_servers: ['odd'] } };
    await using own = await startMcpTalaria({ odd }, {}, { agents });
    const tools = [use('odd', { require_approval: 'always' }), lookup];
    const input = script(call('odd__greet'), '/say Done.');
    const choice = allow({ type: 'function', name: 'lookup' });
    const body = { model: 'main/offline', input, tools, tool_choice: choice };
    await assert.rejects(own.openai.responses.create(body as never), /only tools that the request does not allow/);
  });

  for (const [name, choice, missing] of [
    ['a server', { type: 'mcp', server_label: 'typo' }, 'typo'],
    ['a tool', { type: 'mcp', server_label: 'odd', name: 'typo' }, 'typo'],
  ] as const) {
    it(`that requires ${name} which is not there is a 400`, async () => {
      await assert.rejects(outcomeOf('odd__greet', { tools: [use('odd')], tool_choice: choice }), {
        status: 400,
        param: 'tool_choice',
        message: `400 Tool choice '${missing}' not found in 'tools' parameter.`,
      });
    });
  }
});

it('names the authorization that cannot be sent, without its value', async () => {
  const tools = [use('their', { server_url: url, authorization: 'ASECRET\n' })];
  await assert.rejects(outcomeOf('their__echo', { tools }), (error: { param: string; message: string }) => {
    assert.equal(error.param, 'tools[0].authorization');
    assert.doesNotMatch(error.message, /ASECRET/);
    return true;
  });
});
