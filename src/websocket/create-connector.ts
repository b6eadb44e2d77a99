import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { AgentClient } from '../agent/agent-client.ts';
import type { Config } from '../config/config.ts';
import { createValueCheck } from '../contract/check-value.ts';
import { createBodyReader } from '../contract/forms/read-body.ts';
import { responsesForm } from '../contract/forms/responses-form.ts';
import type { Contract } from '../contract/load-contract.ts';
import { createOutputCheck } from '../contract/validate-output.ts';
import { checkKey, isOperatorKey } from '../http/access/check-key.ts';
import type { BodySlots } from '../http/body/body-slots.ts';
import type { Log } from '../log.ts';
import type { RequestJournal } from '../request-journal/request-journal.ts';
import type { ResponsesDeps } from '../responses/responses-deps.ts';
import { rateLimitError } from '../tenants/rate-limit-error.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { TraceContext } from '../trace-context.ts';
import { Connection } from './connection.ts';
import { ConnectionMemory } from './connection-memory.ts';
import { createExchange } from './create-exchange.ts';
import { LocalResponses } from './local-responses.ts';
import { guardMessages } from './message-gate.ts';
import type { ResponseSocket } from './response-socket.ts';
import { SharedBytes } from './shared-bytes.ts';
import { type SocketLimits, socketLimits } from './socket-limits.ts';
import { TurnJournal } from './turn-journal.ts';
import { TurnRunner } from './turn-runner.ts';

export interface WebSocketDeps {
  responses: ResponsesDeps;
  /** Returns the agents that a tenant may use. */
  agentOf: (tenant: string) => AgentClient;
  tenants: Tenants;
  config: Pick<Config, 'corsOrigins' | 'bodies' | 'keepAliveMs' | 'stallMs' | 'validateOutput'>;
  contract: Contract;
  /** Slots for reading large messages. */
  bodySlots: BodySlots;
  /** Omitted: turns are not recorded. */
  journal?: RequestJournal | undefined;
  /** Whether an agent is simulated: it reads requests and disturbs replies. Default: false. */
  simulates?: boolean | undefined;
  /** Aborts with an ApiError when running turns must end. */
  shutdown: AbortSignal;
  log: Log;
  /** Omitted: `socketLimits`. */
  limits?: Partial<SocketLimits>;
}

export interface Peer {
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  tenant: string;
  /** The header of the upgrade. It must still be valid at each turn. */
  authorization: string | undefined;
  requestId: string;
  /** The trace that the upgrade belongs to, and every turn. */
  trace: TraceContext | undefined;
  /** Those of the upgrade. */
  headers: IncomingHttpHeaders;
}

/** Creates a function that serves a WebSocket. All connections share the checks and the byte bounds. */
export function createConnector(deps: WebSocketDeps): (socket: ResponseSocket, peer: Peer) => Connection {
  const { config, contract, responses, agentOf, bodySlots, tenants } = deps;
  const limits = { ...socketLimits, ...deps.limits };
  const frameSchema = { $ref: '#/components/schemas/WebSocketResponseCreate' };
  const readBody = createBodyReader(contract, frameSchema, responsesForm);
  const checkSteer = createValueCheck(contract, { $ref: '#/components/schemas/WebSocketResponseSteer' });
  const queued = new SharedBytes(limits.tenantQueuedBytes);
  const remembered = new SharedBytes(limits.tenantResponseCharacters);
  const checkOutput = config.validateOutput ? createOutputCheck(contract) : undefined;

  return (socket, { wire, tenant, authorization, requestId, trace, headers }) => {
    socket.maxMessageBytes = config.bodies.bytes;
    const log = deps.log.child({ requestId, tenant });
    const local = new LocalResponses({
      responses: limits.responses,
      characters: limits.responseCharacters,
      tenantBytes: remembered.of(tenant),
    });
    socket.once('close', () => local.close());
    const turns = new TurnRunner({
      socket,
      wire,
      tenant,
      requestId,
      trace,
      local,
      store: responses.store,
      steers: limits.steers,
      remembered: limits.responses,
      log,
      bounds: config.bodies,
      bodySlots,
      readBody,
      checkSteer,
      checkOutput,
      journal: deps.journal && new TurnJournal({ journal: deps.journal, wire, tenant, requestId, headers }),
      bufferedBytes: limits.bufferedBytes,
      exchange: deps.simulates ? () => createExchange({ socket, wire, headers }) : undefined,
      admitTurn: () => admitTurn(authorization, tenants),
      isOperator: () => isOperatorKey(authorization, tenants),
      // The agents of a tenant can change during a connection.
      responsesOf: (lane) => ({
        ...responses,
        agent: agentOf(tenant),
        memory: new ConnectionMemory(responses.store.responses, local, lane),
      }),
    });
    logLife(socket, log);
    guardMessages({ socket, wire, tenant, bodySlots });
    const { keepAliveMs: pingMs, stallMs } = config;
    const queuedBytes = config.bodies.bytes;
    const tenantBytes = queued.of(tenant);
    return new Connection({ socket, wire, limits, turns, pingMs, stallMs, queuedBytes, tenantBytes });
  };
}

/** Throws `invalid_api_key` when the key was revoked, `rate_limit_exceeded` when the tenant exceeds its rate. */
function admitTurn(authorization: string | undefined, tenants: Tenants): void {
  const count = tenants.countRequest(checkKey(authorization, tenants));
  if (count && count.waitMs > 0) throw rateLimitError(count);
}

function logLife(socket: ResponseSocket, log: Log): void {
  const opened = performance.now();
  log.info('websocket open');
  socket.once('close', (closeCode) => {
    log.info({ closeCode, milliseconds: Math.round(performance.now() - opened) }, 'websocket closed');
  });
}
