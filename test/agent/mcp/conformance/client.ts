import assert from 'node:assert/strict';
import { McpServers } from '../../../../src/agent/mcp/mcp-servers.ts';

/* The client that the conformance suite of MCP drives: `client.ts URL`, with the name of the scenario in a variable. */

const url = process.argv.at(-1) ?? '';
/** What each scenario asks of a client: calls of tools by name, with their arguments. */
const calls: Record<string, [tool: string, args: Record<string, unknown>][]> = {
  initialize: [],
  tools_call: [['add_numbers', { a: 5, b: 3 }]],
  'elicitation-sep1034-client-defaults': [['test_client_elicitation_defaults', {}]],
  'sse-retry': [['test_reconnection', {}]],
};
const silent = () => undefined;
await using servers = new McpServers(
  { servers: new Map(), ofAgents: new Map(), hosted: new Map(), requestServers: 'any', requestOrigins: undefined },
  { version: '1.0.0', log: { debug: silent, info: silent, warn: silent } },
);
await using session = servers.of('default').open();
const server = { label: 'conformance', url, approval: 'never' as const };
const { signal } = new AbortController();
await session.list(server, signal);
for (const [tool, args] of calls[process.env['MCP_CONFORMANCE_SCENARIO'] ?? ''] ?? []) {
  const result = await session.call(server, tool, args, { signal, onProgress: silent });
  assert.equal(result.isError, false, JSON.stringify(result.content));
}
