import { Agent, createServer, type IncomingMessage, ServerResponse } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';
import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import { listen } from '../../net/listen.ts';
import type { FindOperation } from '../check/find-operation.ts';
import { recordLimits } from '../record-limits.ts';
import type { Session } from '../watch/session.ts';
import { SocketWatch } from '../watch/socket-watch.ts';
import { forward, type Upstream } from './forward.ts';
import { openTunnel } from './tunnel.ts';

export interface ProxyOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** The target; its path is part of the client's base URL. */
  upstream: URL;
  /** Replaces the client's key. */
  key: string | undefined;
  findOperation: FindOperation;
  session: Session;
}

export interface Proxy extends AsyncDisposable {
  /** The proxy's origin, such as `http://127.0.0.1:8643`. */
  readonly url: string;
}

/** Starts the proxy. Disposing it cuts active exchanges and records them as received so far. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { session } = options;
  const stop = new AbortController();
  const agentOptions = {
    keepAlive: true,
    timeout: recordLimits.idleConnectionMs,
    maxSockets: recordLimits.connections,
  };
  const agent = options.upstream.protocol === 'https:' ? new SecureAgent(agentOptions) : new Agent(agentOptions);
  const upstream: Upstream = { url: options.upstream, agent, key: options.key };
  const shared = { upstream, session, stop: stop.signal };

  const server = createServer({
    maxHeaderSize: recordLimits.headBytes,
    requireHostHeader: false,
    // Other upgrades, such as h2c, are optional and ignored.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  const serve = (incoming: IncomingMessage, response: ServerResponse) => {
    if (isForeign(incoming, options)) refuseForeign(response);
    else forward(incoming, response, shared);
  };
  server.on('request', serve);
  // The upstream decides whether to send 100 Continue.
  server.on('checkContinue', serve);
  // The types of `upgrade` promise a Duplex only; an HTTP server's sockets are net.Sockets.
  server.on('upgrade', (incoming: IncomingMessage, client: Socket, clientHead: Buffer) => {
    const response = toPlainResponse(incoming, client);
    if (isForeign(incoming, options)) return refuseForeign(response);
    forward(incoming, response, {
      ...shared,
      onUpgrade(answer, socket, upstreamHead) {
        response.detachSocket(client);
        const watch = createWatch(incoming, answer, options);
        openTunnel({ client, clientHead, upstream: socket, upstreamHead, answer, watch, stop: stop.signal });
      },
    });
  });
  const url = await listen(server, options);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      stop.abort();
      server.closeAllConnections();
      agent.destroy();
      await closed;
      await session.settle();
    },
  };
}

/** Creates a response for an upgrade that the upstream refuses. It closes the connection. */
function toPlainResponse(incoming: IncomingMessage, client: Socket): ServerResponse {
  const response = new ServerResponse(incoming);
  client.on('error', () => undefined);
  response.assignSocket(client);
  response.shouldKeepAlive = false;
  response.once('finish', () => client.end());
  return response;
}

function createWatch(
  { url = '', rawHeaders }: IncomingMessage,
  answer: IncomingMessage,
  { session, findOperation }: ProxyOptions,
): SocketWatch | undefined {
  const operation = findOperation('POST', url);
  if (operation?.operationId !== 'createResponse') return undefined;
  return new SocketWatch(session, { path: url, headers: rawHeaders, answerHeaders: answer.rawHeaders, operation });
}

/**
 * Whether a request must be refused because the proxy has a key. A web page could otherwise use the key, from another
 * origin or through a domain that resolves to 127.0.0.1.
 */
function isForeign({ headers }: IncomingMessage, { key }: ProxyOptions): boolean {
  if (key === undefined) return false;
  const origin = headers.origin === undefined ? 'localhost' : (URL.parse(headers.origin)?.hostname ?? '');
  return !isLoopback((headers.host ?? 'localhost').replace(/:\d*$/, '')) || !isLoopback(origin);
}

function refuseForeign(response: ServerResponse): void {
  const message =
    'talaria record: with --key only requests from this machine are accepted, not from other hosts and origins.';
  const error = new ApiError('host_not_allowed', message);
  const body = JSON.stringify(toErrorBody(error));
  response.writeHead(error.status, { 'content-type': 'application/json' }).end(body);
}
