import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { WebSocket } from 'ws';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const mcp = { type: 'mcp', server_label: 'files', server_url: 'https://example.com/mcp' };

suite('tools of MCP servers', () => {
  test('are refused by their URL unless the configuration allows it, wherever they are', async () => {
    await using server = await startTalaria();
    const additional = { type: 'additional_tools', role: 'developer', tools: [{ type: 'web_search' }, mcp] };
    const requests = [
      [{ input: 'hi', tools: [{ type: 'web_search' }, mcp] }, 'tools[1].server_url'],
      [{ input: [{ role: 'user', content: 'hi' }, additional] }, 'input[1].tools[1].server_url'],
    ] as const;
    for (const [request, param] of requests) {
      const reply = await post(`${server.url}/v1/responses`, { model: 'm', ...request });
      assert.equal(reply.status, 400);
      const { error } = (await reply.json()) as { error: { code: string; param: string } };
      assert.deepEqual([error.code, error.param], ['invalid_value', param]);
    }
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/responses`);
    await new Promise((resolve) => socket.once('open', resolve));
    for (const rest of [{}, { generate: false }]) {
      socket.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'hi', tools: [mcp], ...rest }));
      const frame = await new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
      const { type, error } = JSON.parse(frame);
      assert.deepEqual([type, error.code, error.param], ['error', 'invalid_value', 'tools[0].server_url']);
    }
    socket.terminate();
  });

  test('reach the agent of the requested model if it speaks the Responses API', async () => {
    await using agent = await startResponsesUpstream([{ events: toEvents([toMessage('Ok.')]) }]);
    using config = writeConfig(
      `agents:\n  local: { url: 'offline:' }\n  remote: { url: '${agent.url}', api: responses }\n`,
    );
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const tools = [mcp as never];
    await server.openai.responses.create({ model: 'remote/m', input: 'hi', tools });
    assert.deepEqual(agent.bodies[0].tools, [mcp]);
    await assert.rejects(server.openai.responses.create({ model: 'local', input: 'hi', tools }), { status: 400 });
  });
});
