import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as EarlierServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport as EarlierTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

export interface HttpMcpServer extends AsyncDisposable {
  url: string;
  /** The headers of the requests so far. */
  headers: NodeJS.Dict<string | string[]>[];
  /** Tool calls so far. */
  calls: number;
}

const input = { city: z.string() };
const tool = { description: 'Returns the weather of a city.', annotations: { readOnlyHint: true } };
const toWeather = (city: string, revision: string) => ({
  content: [{ type: 'text' as const, text: `${city}: 18 degrees, says the ${revision} server` }],
});

/** Starts a server of the revision 2026-07-28 that refuses earlier clients. */
export function startCurrentServer(): Promise<HttpMcpServer> {
  return listen((count) => {
    const handler = createMcpHandler(
      () => {
        const server = new McpServer({ name: 'weather', version: '2.0.0' }, { capabilities: { tools: {} } });
        server.registerTool('get_weather', { ...tool, inputSchema: z.object(input) }, ({ city }) => {
          count();
          return toWeather(city, 'current');
        });
        return server;
      },
      { legacy: 'reject' },
    );
    const handle = toNodeHandler(handler);
    return (request, response) => {
      const { method = '', url = '' } = request;
      return handle(Object.assign(request, { method, url }), response);
    };
  });
}

/** Starts a server of the one-package SDK, whose newest revision is 2025-11-25, with a session for each client. */
export function startEarlierServer(): Promise<HttpMcpServer> {
  return listen((count) => {
    const sessions = new Map<string, EarlierTransport>();
    return async (request, response) => {
      const known = sessions.get(`${request.headers['mcp-session-id']}`);
      if (known) return known.handleRequest(request, response);
      const transport = new EarlierTransport({
        sessionIdGenerator: () => `session-${sessions.size + 1}`,
        onsessioninitialized: (id) => void sessions.set(id, transport),
      });
      const server = new EarlierServer({ name: 'weather', version: '1.0.0' });
      server.registerTool('get_weather', { ...tool, inputSchema: input }, ({ city }) => {
        count();
        return toWeather(city, 'earlier');
      });
      await server.connect(transport);
      return transport.handleRequest(request, response);
    };
  });
}

async function listen(
  create: (count: () => void) => (...args: Parameters<RequestListener>) => unknown,
): Promise<HttpMcpServer> {
  const seen = { headers: [] as HttpMcpServer['headers'], calls: 0 };
  const handle = create(() => seen.calls++);
  const server = createServer((request, response) => {
    seen.headers.push(request.headers);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The MCP server has no port.');
  return Object.assign(seen, {
    url: `http://127.0.0.1:${address.port}/mcp`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
