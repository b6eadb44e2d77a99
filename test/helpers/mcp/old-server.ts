import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';
import { type HttpServer, serve } from './http-server.ts';

export interface OldServer extends HttpServer {
  /** Forgets all sessions, as a restart does. */
  forget(): void;
  /** The status of requests with a session that it does not know. Default: 404. */
  unknownStatus: number;
}

/** Starts an MCP server of the revision 2025-11-25 over HTTP, which keeps a session for each client. */
export async function startOldServer(): Promise<OldServer> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const server = await serve((request, response) => void handle(request, response));
  const handle = async (...[request, response]: Parameters<Parameters<typeof serve>[0]>) => {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (id !== undefined && !known) {
      response.writeHead(old.unknownStatus, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
      return;
    }
    const transport = known ?? (await open());
    await transport.handleRequest(request, response);
  };
  const open = async () => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    const tools = new McpServer({ name: 'old-tools', version: '1.0.0' });
    tools.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }) => ({
      content: [{ type: 'text', text }],
    }));
    tools.registerTool('ask', {}, async () => {
      const answer = await tools.server.elicitInput({
        message: 'What now?',
        requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
      });
      return { content: [{ type: 'text', text: `answer: ${answer.action}` }] };
    });
    // The transport's optional fields differ from the interface's in `undefined` alone.
    await tools.connect(transport as Parameters<typeof tools.connect>[0]);
    return transport;
  };
  const old: OldServer = { ...server, unknownStatus: 404, forget: () => sessions.clear() };
  return old;
}
