import { setTimeout as delay } from 'node:timers/promises';
import { acceptedContent, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

/** Creates an MCP server with tools that behave well, and others that do not. Both revisions of the protocol. */
export function createToolServer(): McpServer {
  const server = new McpServer(
    { name: 'test-tools', version: '1.0.0' },
    { capabilities: { tools: { listChanged: true } } },
  );
  server.registerTool(
    'echo',
    {
      description: 'Returns its text',
      inputSchema: z.object({ text: z.string() }),
      annotations: { readOnlyHint: true },
    },
    ({ text: value }) => text(value),
  );
  server.registerTool('pid', { description: 'Returns the id of the process' }, () => text(`${process.pid}`));
  server.registerTool('environment', { description: 'Returns the names of its variables' }, () =>
    text(Object.keys(process.env).sort().join(' ')),
  );
  server.registerTool('exit', { description: 'Ends the process' }, () => process.exit(1));
  server.registerTool('hang', { description: 'Never answers' }, () => new Promise<never>(() => undefined));
  server.registerTool('fail', { description: 'Throws' }, () => {
    throw new Error('no such luck');
  });
  server.registerTool(
    'large',
    { description: 'Returns a text of a size', inputSchema: z.object({ bytes: z.number() }) },
    ({ bytes }) => text('x'.repeat(bytes)),
  );
  server.registerTool('picture', { description: 'Returns other media' }, () => ({
    content: [
      { type: 'image', data: 'aGVsbG8=', mimeType: 'image/png' },
      { type: 'audio', data: 'aGVsbG8=', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'file:///a.bin', mimeType: 'application/x-a', blob: 'aGVsbG8=' } },
      { type: 'resource_link', uri: 'file:///b.txt', name: 'b' },
    ],
  }));
  server.registerTool(
    'measure',
    { description: 'Returns structured content', outputSchema: z.object({ celsius: z.number() }) },
    () => ({ content: [], structuredContent: { celsius: 21 } }),
  );
  server.registerTool(
    'steps',
    { description: 'Reports progress', inputSchema: z.object({ count: z.number(), pauseMs: z.number() }) },
    async ({ count, pauseMs }, { mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken;
      for (let progress = 1; progress <= count; progress++) {
        await delay(pauseMs);
        if (progressToken === undefined) continue;
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: count } });
      }
      return text('done');
    },
  );
  server.registerTool('grow', { description: 'Adds a tool' }, () => {
    server.registerTool('grown', { description: 'Was added' }, () => text('grown'));
    return text('ok');
  });
  const confirmation = z.object({ sure: z.boolean() });
  server.registerTool('deploy', { description: 'Asks for a confirmation' }, ({ mcpReq }) => {
    if (acceptedContent(mcpReq.inputResponses, 'sure', confirmation)?.sure) return text('deployed');
    const question = { message: 'Deploy now?', requestedSchema: confirmation };
    return inputRequired({ inputRequests: { sure: inputRequired.elicit(question) } });
  });
  const details = z.object({ name: z.string(), age: z.number() });
  server.registerTool('register', { description: 'Asks for details until it gets them' }, ({ mcpReq }) => {
    if (acceptedContent(mcpReq.inputResponses, 'details', details)) return text('registered');
    const question = { message: 'Who are you?', requestedSchema: details };
    return inputRequired({ inputRequests: { details: inputRequired.elicit(question) } });
  });
  return server;
}
