import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

/* An MCP server as a program. Its arguments: a file to append each call to, and one whose existence lets `hold` return. */
const [, , ledger = '', gate = ''] = process.argv;

serveStdio(() => {
  const server = new McpServer({ name: 'counting', version: '1.0.0' }, { capabilities: { tools: {} } });
  const inputSchema = z.object({ text: z.string() });
  server.registerTool('append', { description: 'Appends a line', inputSchema }, ({ text }) => {
    appendFileSync(ledger, `append ${text}\n`);
    return { content: [{ type: 'text', text: `appended ${text}` }] };
  });
  const readOnly = { description: 'Waits', inputSchema, annotations: { readOnlyHint: true } };
  server.registerTool('hold', readOnly, async ({ text }) => {
    appendFileSync(ledger, `hold ${text}\n`);
    while (!existsSync(gate)) await delay(10);
    return { content: [{ type: 'text', text: `held ${text}` }] };
  });
  return server;
});
