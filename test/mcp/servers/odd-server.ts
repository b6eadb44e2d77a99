/**
 * An MCP server over stdio whose tools fail in every way: `node odd-server.ts`. Speaks the current revision and the
 * earlier ones.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

serveStdio(() => {
  const server = new McpServer({ name: 'odd', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.registerTool('pid', { description: 'Returns the process ID.' }, () => text(`${process.pid}`));
  server.registerTool('hang', { description: 'Never returns.' }, async (context) => {
    const { signal } = context.mcpReq;
    await delay(3_600_000, undefined, { signal });
    return text('never');
  });
  server.registerTool('die', { description: 'Ends the process.' }, () => process.exit(3));
  server.registerTool('throw', { description: 'Throws.' }, () => {
    throw new Error('the disk is full');
  });
  server.registerTool('greet', { description: 'Greets.' }, () => text('hi'));
  server.registerTool('say.hello', { description: 'Has a name that models cannot call.' }, () => text('hello'));
  const size = z.object({ megabytes: z.number() });
  server.registerTool('huge', { description: 'Returns much text.', inputSchema: size }, ({ megabytes }) =>
    text('x'.repeat(megabytes * 1024 * 1024)),
  );
  const steps = z.object({ steps: z.number(), ms: z.number() });
  server.registerTool('progress', { description: 'Reports progress.', inputSchema: steps }, async (args, context) => {
    const progressToken = context.mcpReq._meta?.progressToken;
    for (let progress = 1; progress <= args.steps; progress++) {
      await delay(args.ms);
      if (progressToken === undefined) continue;
      const params = { progressToken, progress, total: args.steps, message: `step ${progress}` };
      await context.mcpReq.notify({ method: 'notifications/progress', params });
    }
    return text(`${args.steps} steps`);
  });
  return server;
});
