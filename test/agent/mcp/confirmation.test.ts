import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { writeConfig } from '../../helpers/write-config.ts';

test('a tool that asks for a confirmation runs once it is approved', async () => {
  await using tools = await startMcpServer();
  using file = writeConfig(JSON.stringify({ mcp_servers: { tools: { url: tools.url } } }));
  await using server = await startTalaria({ TALARIA_CONFIG: file.path, AGENT_MCP_SERVERS: 'tools' });
  const { responses } = server.openai;

  const asked = await responses.create({ model: 'offline', input: '/call tools__deploy {}\n/then\n/say too early' });
  assert.equal(asked.status, 'completed');
  const [call, request, ...more] = asked.output;
  assert.deepEqual(more, []);
  assert.ok(call?.type === 'mcp_call' && request?.type === 'mcp_approval_request');
  assert.equal(call.status, 'failed');
  assert.equal(call.error, 'The tool did not run: it asks for a confirmation: Deploy now?');
  assert.deepEqual([request.server_label, request.name, request.arguments], ['tools', 'deploy', '{}']);

  const answer = { type: 'mcp_approval_response' as const, approval_request_id: request.id, approve: true };
  const input = [answer, { role: 'user' as const, content: '/say thanks' }];
  const done = await responses.create({ model: 'offline', previous_response_id: asked.id, input });
  const run = done.output.find((item) => item.type === 'mcp_call');
  assert.equal(run?.approval_request_id, request.id);
  assert.equal(run?.output, 'deployed');
  assert.equal(done.output_text, 'thanks');
});

test('a chat, which has no approvals, learns that the tool did not run', async () => {
  await using tools = await startMcpServer();
  using file = writeConfig(JSON.stringify({ mcp_servers: { tools: { url: tools.url } } }));
  await using server = await startTalaria({ TALARIA_CONFIG: file.path, AGENT_MCP_SERVERS: 'tools' });
  const messages = [{ role: 'user' as const, content: '/call tools__deploy {}\n/then\n/say done' }];
  const reply = await server.openai.chat.completions.create({ model: 'offline', messages });
  assert.equal(reply.choices[0]?.message.content, 'done');
});
