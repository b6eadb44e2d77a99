import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AgentClient } from '../../src/agent/agent-client.ts';
import { createAgents } from '../../src/agent/create-agents.ts';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createBodySlots } from '../../src/http/body/create-body-slots.ts';
import { createLog } from '../../src/log.ts';
import { SchemaChecker } from '../../src/schemas/schema-checker.ts';
import { createSealer } from '../../src/seal/seal.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Tenants } from '../../src/tenants/tenants.ts';
import { attachWebSockets } from '../../src/websocket/attach-web-sockets.ts';
import type { SocketLimits } from '../../src/websocket/socket-limits.ts';
import { createRuns, plainSettings } from '../helpers/create-runs.ts';

export interface SocketServer extends AsyncDisposable {
  url: string;
  /** Starts a shutdown: no more connections, and each closes after its turn. */
  drain(): void;
  /** Ends the grace period of a shutdown. */
  shutDown(): void;
}

export interface SocketServerOptions {
  limits?: Partial<SocketLimits>;
  settings?: Record<string, string>;
  /** Replaces the offline agent. */
  agent?: AgentClient;
}

/** Starts a server with the WebSocket mode only, for tests with other limits. */
export async function startSocketServer(options: SocketServerOptions = {}): Promise<SocketServer> {
  const config = toConfig(readEnvironment({ LOG_LEVEL: 'silent', STORE_URL: 'memory:', ...options.settings }));
  await using stack = new AsyncDisposableStack();
  const log = createLog(config.logLevel);
  const store = stack.use(await openStore(config.store));
  const agent = stack.use(
    options.agent ?? createAgents(config.agents, log, stack.use(new SchemaChecker(config.schemas, log))).all,
  );
  const shutdown = new AbortController();
  const shutDown = () => shutdown.abort(new ApiError('server_shutting_down', 'The server is shutting down.'));
  const server = createServer();
  const sealer = createSealer(await store.secret('seal'));
  const responses = { agent, store, sealer, runs: createRuns(store), log, ...plainSettings };
  const contract = loadContract();
  const sockets = attachWebSockets(server, {
    ...{
      responses,
      agentOf: () => agent,
      tenants: new Tenants(config.tenancy),
      config,
      contract,
      bodySlots: createBodySlots(config.bodies),
      log,
      shutdown: shutdown.signal,
    },
    limits: options.limits ?? {},
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  stack.defer(async () => {
    const closed = once(server, 'close');
    server.close();
    shutDown();
    await closed;
  });
  const parts = stack.move();
  return {
    url: `http://127.0.0.1:${address.port}`,
    drain: () => sockets.drain(),
    shutDown,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
