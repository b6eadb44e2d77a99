import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createAgents } from './agent/create-agents.ts';
import { createApp } from './app.ts';
import { recoverChatCompletion } from './chat/recover-chat-completion.ts';
import { checkReload } from './config/check-reload.ts';
import type { Config } from './config/config.ts';
import { limits } from './config/limits.ts';
import { loadContract } from './contract/load-contract.ts';
import { ApiError } from './errors/api-error.ts';
import { createHandlers } from './http/create-handlers.ts';
import { createMessageClasses } from './http/create-message-classes.ts';
import { isUpgrade } from './http/is-upgrade.ts';
import { refuseMalformed } from './http/refuse-upgrade.ts';
import { isResponseId } from './ids.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { recoverResponse } from './responses/recover-response.ts';
import { Reaper } from './runs/reaper.ts';
import { RunSlots } from './runs/run-slots.ts';
import { Runs } from './runs/runs.ts';
import { createSealer } from './seal/seal.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { Tenants } from './tenants/tenants.ts';
import { attachWebSockets } from './websocket/attach-web-sockets.ts';

export interface Server extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:8642`. */
  readonly url: string;
  /**
   * Takes the keys and the tenants' settings of a configuration that was read anew, and nothing else of it. They hold
   * from the next request on; no connection is dropped. Throws a ConfigError, and changes nothing, when they can't be used.
   */
  reload(config: Config): void;
}

export interface ServerOptions {
  /** Milliseconds since 1970: what has had its time goes by it. */
  now?: () => number;
}

/**
 * Builds every long-lived part and listens. Rejects when the port is in use or a part can't be opened, with nothing
 * left open. Disposing stops accepting, lets running requests and background responses end within `config.shutdownMs`,
 * ends the rest with an error each, then closes the agent and the store.
 */
export async function startServer(config: Config, log: Log, { now = Date.now }: ServerOptions = {}): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const store: Store = stack.use(await openStore(config.store));
  const agents = stack.use(createAgents(config.agents, log));
  const tenants = new Tenants(config.tenancy);
  const contract = loadContract();
  const shutdown = new AbortController();
  const limitOf = (tenant: string) => tenants.settings(tenant).limits.runs;
  const slots = new RunSlots({ running: config.runs.atOnce, waiting: config.runs.queued, limitOf });
  const runs = stack.use(new Runs({ store, slots, leaseMs: config.runs.leaseMs, log }));
  const reaper = stack.use(new Reaper({ store, log, logSeconds: config.runs.logSeconds, now }));
  const deps = {
    agent: agents.all,
    agentOf: (tenant: string) => agents.of(tenants.settings(tenant).agents),
    tenants,
    store,
    sealer: createSealer(await store.secret('seal')),
    runs,
    log,
    carryInstructions: config.carryInstructions,
    restarts: config.runs.restarts,
    expiresAt: (tenant: string) => tenants.expiresAt(tenant, now()),
    version: contract.document.info.version,
  };
  const handlers = createHandlers(deps);
  const app = createApp({ config, tenants, contract, handlers, log, shutdown: shutdown.signal });
  const server = createServer(
    {
      ...createMessageClasses(app),
      requestTimeout: limits.bodyTimeoutMs,
      keepAliveTimeout: limits.idleConnectionMs,
      shouldUpgradeCallback: isUpgrade,
      // `requireHost` answers with the envelope.
      requireHostHeader: false,
    },
    app,
  );
  server.on('clientError', refuseMalformed);
  const sockets = attachWebSockets(server, {
    responses: deps,
    agentOf: deps.agentOf,
    tenants,
    config,
    contract,
    shutdown: shutdown.signal,
    log,
  });
  await runs.start((run, error) => {
    const recoverDeps = { ...deps, agent: deps.agentOf(run.tenant) };
    return isResponseId(run.id)
      ? recoverResponse(run, recoverDeps, error)
      : recoverChatCompletion(run, recoverDeps, error);
  });
  const url = await listen(server, config);
  reaper.start();
  stack.defer(() => {
    const closed = close(server, { shutdown, runs, graceMs: config.shutdownMs });
    sockets.drain();
    return closed;
  });
  const parts = stack.move();
  return {
    url,
    reload(next) {
      checkReload({ agents: config.agents, isOpen: tenants.isOpen }, next);
      tenants.replace(next.tenancy);
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

interface Closing {
  shutdown: AbortController;
  runs: Runs;
  graceMs: number;
}

async function close(server: HttpServer, { shutdown, runs, graceMs }: Closing): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = Promise.withResolvers<void>();
  // A kept-alive connection turns idle when its running request ends: it must not hold the process.
  const sweep = setInterval(() => server.closeIdleConnections(), limits.shutdownSweepMs);
  const deadline = setTimeout(() => {
    const reason = new ApiError('server_shutting_down', 'The server is shutting down.');
    runs.stop(reason);
    // Those who read what goes on without a reader get its last event: they are told to go when it is there.
    void Promise.race([runs.drained(), delay(limits.shutdownDrainMs, undefined, { ref: false })]).then(() =>
      shutdown.abort(reason),
    );
    // What has not ended by itself a moment after being told to will not.
    setTimeout(() => {
      server.closeAllConnections();
      cut.resolve();
    }, limits.shutdownAbortMs).unref();
  }, graceMs);
  // Readers of a background response hold their connections until it has ended.
  await Promise.all([closed, Promise.race([runs.drained(), cut.promise])]);
  clearInterval(sweep);
  clearTimeout(deadline);
}
