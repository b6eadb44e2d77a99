import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { methodNotAllowed } from '../../errors/method-not-allowed.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
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
  const url = await listen(server, { ...address, variables: 'METRICS' });
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, metrics: MetricsText): Promise<void> {
  try {
    check(request);
    const text = await metrics.read();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(request.method === 'HEAD' ? undefined : text);
  } catch (reason) {
    refuse(response, ApiError.from(reason));
  }
}

function check({ method = '', url = '' }: IncomingMessage): void {
  const [path] = url.split('?', 1);
  if (path !== '/metrics') throw new ApiError('not_found', `Unknown path: ${method} ${path}. Expected: GET /metrics.`);
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed(method, 'GET, HEAD');
}

function refuse(response: ServerResponse, error: ApiError): void {
  const allow = error.allow === undefined ? {} : { allow: error.allow };
  response.writeHead(error.status, { 'content-type': 'application/json; charset=utf-8', ...allow });
  response.end(JSON.stringify(toErrorBody(error)));
}
