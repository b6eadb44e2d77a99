/**
 * An MCP server over stdio that records each call in a file: `node ledger-server.ts FILE`. The record is one write, before
 * the result is returned, so that a killed server has either made it or not. It ends with its client.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { type ToolName, toolNames, toRecord } from './tool-record.ts';

const [, , file = ''] = process.argv;
const inputSchema = z.object({ token: z.string(), ms: z.number() });

const annotations: Record<ToolName, { readOnlyHint?: boolean; idempotentHint?: boolean }> = {
  append: { readOnlyHint: false, idempotentHint: false },
  guarded: { readOnlyHint: false, idempotentHint: false },
  read: { readOnlyHint: true },
  put: { readOnlyHint: false, idempotentHint: true },
};

process.stdin.once('end', () => process.exit());
serveStdio(() => {
  const server = new McpServer({ name: 'ledger', version: '1.0.0' }, { capabilities: { tools: {} } });
  for (const tool of toolNames) {
    server.registerTool(tool, { inputSchema, annotations: annotations[tool] }, async ({ token, ms }) => {
      await delay(ms);
      const record = toRecord({ tool, token, run: randomBytes(6).toString('hex') });
      appendFileSync(file, `${record}\n`);
      await delay(ms);
      return { content: [{ type: 'text', text: record }] };
    });
  }
  return server;
});
