import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { shuttingDown } from '../errors/shutting-down.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import { createRequestId } from '../ids.ts';
import { createAdmission } from './admit-upgrade.ts';
import type { Connection } from './connection.ts';
import { createConnector, type WebSocketDeps } from './create-connector.ts';
import { ResponseSocket } from './response-socket.ts';

export interface WebSockets {
  /** Closes every connection as soon as no turn runs on it. To be called when the server takes no more connections. */
  drain(): void;
}

/**
 * Takes over the server's upgrades: the Responses WebSocket mode on its path, a prompt refusal anywhere else. When
 * `deps.shutdown` aborts, running turns end with a last event each and every connection closes.
 */
export function attachWebSockets(server: Server, deps: WebSocketDeps): WebSockets {
  const { log, config, tenants, shutdown } = deps;
  const open = new Set<Connection>();
  const requestIds = new WeakMap<IncomingMessage, string>();
  let draining: ApiError | undefined;
  const admit = createAdmission(config, tenants);
  const connect = createConnector(deps);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    WebSocket: ResponseSocket,
    maxPayload: config.bodies.bytes,
    // See docs/decisions/2026-11-23-websocket.md.
    perMessageDeflate: false,
  });
  sockets.on('headers', (headers, request) => headers.push(`X-Request-Id: ${requestIds.get(request)}`));
  sockets.on('wsClientError', (cause, socket, request) => {
    refuse(request, socket, new ApiError('invalid_value', `${cause.message}.`, { cause }));
  });
  server.on('upgrade', upgrade);
  shutdown.addEventListener('abort', stop, { once: true });
  return { drain };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    requestIds.set(request, createRequestId());
    try {
      const tenant = admit(request);
      if (draining) throw draining;
      sockets.handleUpgrade(request, socket, head, (client) => {
        const { authorization } = request.headers;
        // The sockets of an HTTP server are net.Sockets.
        add(client, { wire: socket as Socket, tenant, authorization, requestId: requestIds.get(request) ?? '' });
      });
    } catch (reason) {
      refuse(request, socket, ApiError.from(reason));
    }
  }

  function refuse(request: IncomingMessage, socket: Duplex, error: ApiError): void {
    const requestId = requestIds.get(request);
    // A query may hold what is nobody's business.
    const path = request.url?.split('?', 1)[0];
    log.info({ requestId, path, status: error.status, code: error.code }, 'upgrade refused');
    refuseUpgrade(socket, error, requestId);
  }

  function add(client: ResponseSocket, peer: Parameters<typeof connect>[1]): void {
    const connection = connect(client, peer);
    open.add(connection);
    client.once('close', () => open.delete(connection));
  }

  function drain(): void {
    draining ??= shuttingDown();
    for (const connection of open) connection.retire(draining);
  }

  function stop(): void {
    drain();
    for (const connection of open) connection.stop(ApiError.from(shutdown.reason));
    setTimeout(() => {
      for (const connection of open) connection.cut();
    }, limits.shutdownAbortMs).unref();
  }
}
