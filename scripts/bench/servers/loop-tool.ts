/** An MCP server over stdio with one tool that returns at once. */
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { label, toolName, toolResult } from '../loop/loop-script.ts';

const inputSchema = z.object({ step: z.number() });

serveStdio(() => {
  const server = new McpServer({ name: label, version: '1.0.0' }, { capabilities: { tools: {} } });
  const config = { description: 'Returns the time.', inputSchema, annotations: { readOnlyHint: true } };
  server.registerTool(toolName, config, () => ({ content: [{ type: 'text', text: toolResult }] }));
  return server;
});
