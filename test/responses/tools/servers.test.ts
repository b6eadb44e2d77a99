import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';

const tool = { type: 'mcp', server_label: 'a', server_url: 'http://127.0.0.1:1/mcp', require_approval: 'never' };

suite('the MCP servers of a request', () => {
  test('need a label each, and are limited in number', async () => {
    await using server = await startTalaria({ MCP_REQUEST_SERVERS: 'any' });
    const many = Array.from({ length: limits.mcpServersOfRequest + 1 }, (_, index) => ({
      ...tool,
      server_label: `a${index}`,
    }));
    const requests = [
      [[tool, { ...tool, server_label: '' }], 'tools[1].server_label', /The label is empty/],
      [many, `tools[${limits.mcpServersOfRequest}]`, /Too many MCP servers/],
    ] as const;
    for (const [tools, param, message] of requests) {
      const reply = await post(`${server.url}/v1/responses`, { model: 'offline', input: 'hi', tools });
      assert.equal(reply.status, 400);
      const { error } = (await reply.json()) as { error: { code: string; param: string; message: string } };
      assert.deepEqual([error.code, error.param], ['invalid_value', param]);
      assert.match(error.message, message);
    }
  });

  test('receive one Authorization header: `authorization` replaces that of `headers`', async () => {
    await using mcp = await startMcpServer();
    await using server = await startTalaria({ MCP_REQUEST_SERVERS: 'any' });
    const headers = { Authorization: 'Basic abc', 'x-other': 'kept' };
    const tools = [{ ...tool, server_url: mcp.url, headers, authorization: 'token' }];
    await post(`${server.url}/v1/responses`, { model: 'offline', input: 'hi', tools });
    assert.ok(mcp.received.length > 0);
    for (const { authorization, 'x-other': other } of mcp.received) {
      assert.deepEqual([authorization, other], ['Bearer token', 'kept']);
    }
  });
});
