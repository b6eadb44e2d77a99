import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** The reply to one request. Scripts are used in order. */
export type Script = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface ScriptedServer extends AsyncDisposable {
  url: string;
  /** The method and path of each request so far. */
  requests: string[];
}

/** Starts a server with scripted replies, for behaviour Talaria can't produce on demand. Further requests return 599. */
export async function startScriptedServer(...scripts: Script[]): Promise<ScriptedServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const script = scripts[requests.push(`${request.method} ${request.url}`) - 1];
    if (script) await script(request, response);
    else response.writeHead(599).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends events, then `[DONE]`, breaks the connection, or keeps it open. */
export function sendEvents(events: unknown[], end: 'done' | 'break' | 'stay'): Script {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' });
    response.write(': keep-alive\n\n');
    for (const event of events)
      response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
    if (end === 'done') response.end('data: [DONE]\n\n');
    // The written data must be sent before the socket is destroyed.
    if (end === 'break') setTimeout(() => response.destroy(), 20);
  };
}

export function sendJson(status: number, body: unknown): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_2' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
