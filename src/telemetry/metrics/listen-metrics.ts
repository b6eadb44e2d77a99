import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { limits } from '../../config/limits.ts';
import { listen } from '../../net/listen.ts';
import type { MetricsText } from './metrics-text.ts';

/** A listener for metrics alone. Disposing closes it with its connections. */
export interface MetricsListener extends AsyncDisposable {
  /** The base URL. */
  readonly url: string;
}

/** Serves metrics without a key on an address of their own. Rejects when the port is in use. */
export async function listenForMetrics(
  address: { host: string; port: number },
  metrics: MetricsText,
): Promise<MetricsListener> {
  const server = createServer({ requestTimeout: limits.bodyTimeoutMs }, (request, response) => {
    void answer(request, response, metrics);
  });
  const url = await listen(server, address);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer({ method, url }: IncomingMessage, response: ServerResponse, metrics: MetricsText): Promise<void> {
  if (url?.split('?', 1)[0] !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Expected: GET /metrics\n');
    return;
  }
  try {
    const text = await metrics.read();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(method === 'HEAD' ? undefined : text);
  } catch {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('The metrics cannot be read now.\n');
  }
}
