import type { Socket } from 'node:net';
import type { Config } from '../config/config.ts';
import { createValueCheck } from '../contract/check-value.ts';
import type { Contract } from '../contract/load-contract.ts';
import { createOutputCheck } from '../contract/validate-output.ts';
import type { Log } from '../log.ts';
import type { ResponsesDeps } from '../responses/responses-deps.ts';
import { Connection } from './connection.ts';
import { LocalResponses } from './local-responses.ts';
import { LocalStore } from './local-store.ts';
import type { ResponseSocket } from './response-socket.ts';
import { type SocketLimits, socketLimits } from './socket-limits.ts';
import { TurnRunner } from './turn-runner.ts';

export interface WebSocketDeps {
  responses: ResponsesDeps;
  config: Pick<Config, 'key' | 'corsOrigins' | 'bodyBytes' | 'keepAliveMs' | 'validateOutput'>;
  contract: Contract;
  /** Aborts, with an ApiError, when running turns must end. */
  shutdown: AbortSignal;
  log: Log;
  /** The server's own where absent. */
  limits?: Partial<SocketLimits>;
}

export interface Peer {
  /** What lies under the WebSocket. */
  wire: Socket;
  tenant: string;
  requestId: string;
}

/** Gives the function that takes a WebSocket into service. What all connections share is made once. */
export function createConnector(deps: WebSocketDeps): (socket: ResponseSocket, peer: Peer) => Connection {
  const { config, contract, responses } = deps;
  const limits = { ...socketLimits, ...deps.limits };
  const checkFrame = createValueCheck(contract, { $ref: '#/components/schemas/WebSocketResponseCreate' });
  const checkOutput = config.validateOutput ? createOutputCheck(contract) : undefined;

  return (socket, { wire, tenant, requestId }) => {
    socket.maxMessageBytes = config.bodyBytes;
    const log = deps.log.child({ requestId });
    const local = new LocalResponses({ responses: limits.responses, characters: limits.responseCharacters });
    const turns = new TurnRunner({
      ...{ socket, wire, tenant, local, log, checkFrame, checkOutput },
      bufferedBytes: limits.bufferedBytes,
      responses: { ...responses, store: new LocalStore(responses.store, local) },
    });
    logLife(socket, log);
    return new Connection({
      ...{ socket, wire, limits, turns },
      pingMs: config.keepAliveMs,
      queuedBytes: config.bodyBytes,
    });
  };
}

function logLife(socket: ResponseSocket, log: Log): void {
  const opened = performance.now();
  log.info('websocket open');
  socket.once('close', (closeCode) => {
    log.info({ closeCode, milliseconds: Math.round(performance.now() - opened) }, 'websocket closed');
  });
}
