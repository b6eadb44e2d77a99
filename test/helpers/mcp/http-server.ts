import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createToolServer } from './tool-server.ts';

export interface HttpServer extends AsyncDisposable {
  url: string;
  /** The headers of each request. */
  received: IncomingHttpHeaders[];
}

/** Starts an MCP server over HTTP on a free port of this machine. */
export function startMcpServer(create = createToolServer): Promise<HttpServer> {
  const handle = toNodeHandler(createMcpHandler(create));
  // Node's requests have a method, which the type of the adapter demands.
  return serve((request, response) => void handle(request as Parameters<typeof handle>[0], response));
}

/** Starts an HTTP server for what an MCP server must not do. */
export async function serve(listener: RequestListener): Promise<HttpServer> {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
