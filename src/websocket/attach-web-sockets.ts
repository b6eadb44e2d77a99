import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { shuttingDown } from '../errors/shutting-down.ts';
import { refuseUpgrade } from '../http/access/refuse-upgrade.ts';
import { createRequestId } from '../ids.ts';
import { lazyAsync } from '../lazy.ts';
import { readTraceContext } from '../trace-context.ts';
import { createAdmission } from './admit-upgrade.ts';
import type { Connection } from './connection.ts';
import { createConnector, type WebSocketDeps } from './create-connector.ts';
import type { ResponseSocket } from './response-socket.ts';
import { socketLimits } from './socket-limits.ts';

export interface WebSockets {
  /** Closes each connection once no turn runs on it. Call this when the server stops accepting connections. */
  drain(): void;
}

/**
 * Handles the upgrades of a server: the Responses WebSocket mode on its path, a refusal elsewhere. When `deps.shutdown`
 * aborts, running turns end with a terminal event and every connection closes.
 */
export function attachWebSockets(server: Server, deps: WebSocketDeps): WebSockets {
  const { log, config, tenants, shutdown } = deps;
  const bounds = { ...socketLimits, ...deps.limits };
  const open = new Map<Connection, string>();
  const requestIds = new WeakMap<IncomingMessage, string>();
  let draining: ApiError | undefined;
  const admit = createAdmission(config, tenants);
  const connect = createConnector(deps);
  const loadSockets = lazyAsync(async () => {
    const { createSocketServer } = await import('./create-socket-server.ts');
    const sockets = createSocketServer({ maxMessageBytes: config.bodies.bytes });
    sockets.on('headers', (headers, request) => headers.push(`X-Request-Id: ${requestIds.get(request)}`));
    sockets.on('wsClientError', (cause, socket, request) => {
      refuse(request, socket, new ApiError('invalid_value', `${cause.message}.`, { cause }));
    });
    return sockets;
  });
  server.on('upgrade', upgrade);
  shutdown.addEventListener('abort', stop, { once: true });
  return { drain };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    requestIds.set(request, createRequestId());
    // Nothing else listens while the library is loaded, and an error without a listener ends the process.
    socket.on('error', ignore);
    accept(request, socket, head).catch((reason: unknown) => refuse(request, socket, ApiError.from(reason)));
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const tenant = admit(request);
    const sockets = await loadSockets();
    if (draining) throw draining;
    if (isFull(tenant)) throw tooMany();
    sockets.handleUpgrade(request, socket, head, (client) => {
      const { authorization } = request.headers;
      const requestId = requestIds.get(request) ?? '';
      const trace = readTraceContext(request.headers);
      // The sockets of an HTTP server are net.Sockets.
      add(client, { wire: socket as Socket, tenant, authorization, requestId, trace, headers: request.headers });
    });
  }

  /** Whether no connection is left. With tenants, each may use half of all connections. */
  function isFull(tenant: string): boolean {
    if (open.size >= bounds.connections) return true;
    if (tenants.isOpen || open.size < bounds.connections / 2) return false;
    return (
      open
        .values()
        .filter((owner) => owner === tenant)
        .toArray().length >=
      bounds.connections / 2
    );
  }

  function refuse(request: IncomingMessage, socket: Duplex, error: ApiError): void {
    const requestId = requestIds.get(request);
    // The query is not logged: it may contain secrets.
    const path = request.url?.split('?', 1)[0];
    const line = { requestId, path, status: error.status, code: error.code };
    if (error.isServerError && error.cause !== undefined) log.error({ ...line, err: error.cause }, 'upgrade failed');
    else log.info(line, 'upgrade refused');
    refuseUpgrade(socket, error, requestId);
  }

  function add(client: ResponseSocket, peer: Parameters<typeof connect>[1]): void {
    const connection = connect(client, peer);
    open.set(connection, peer.tenant);
    client.once('close', () => open.delete(connection));
  }

  function drain(): void {
    draining ??= shuttingDown();
    for (const connection of open.keys()) connection.retire(draining);
  }

  function stop(): void {
    drain();
    for (const connection of open.keys()) connection.stop(ApiError.from(shutdown.reason));
    setTimeout(() => {
      for (const connection of open.keys()) connection.cut();
    }, limits.shutdownAbortMs).unref();
  }
}

const ignore = (): void => undefined;

function tooMany(): ApiError {
  const message = 'Too many open WebSockets. Use plain HTTP, or connect again later.';
  return new ApiError('rate_limit_exceeded', message, { retryAfter: limits.socketRetrySeconds });
}
