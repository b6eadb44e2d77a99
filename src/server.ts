import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { toAgentBounds } from './agent/agent-bounds.ts';
import { createAgents } from './agent/create-agents.ts';
import { createApp } from './app.ts';
import { recoverChatCompletion } from './chat/recover-chat-completion.ts';
import { checkReload } from './config/check-reload.ts';
import type { Config } from './config/config.ts';
import { limits } from './config/limits.ts';
import { loadContract } from './contract/load-contract.ts';
import { shuttingDown } from './errors/shutting-down.ts';
import { isUpgrade } from './http/access/is-upgrade.ts';
import { refuseMalformed } from './http/access/refuse-upgrade.ts';
import { answerExpectations } from './http/body/answer-expectations.ts';
import { createBodyPlaces } from './http/body/create-body-places.ts';
import { createHandlers } from './http/create-handlers.ts';
import { createMessageClasses } from './http/create-message-classes.ts';
import { closeAfterReplies, stopListening } from './http/wind-down.ts';
import { isResponseId } from './ids.ts';
import type { Log } from './log.ts';
import { listen } from './net/listen.ts';
import { recoverResponse } from './responses/recover-response.ts';
import { Reaper } from './runs/reaper.ts';
import { createReportRun } from './runs/run-report.ts';
import { RunSlots } from './runs/run-slots.ts';
import { Runs } from './runs/runs.ts';
import { SchemaChecker } from './schemas/schema-checker.ts';
import { createSealer } from './seal/seal.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { StorageQuotas } from './tenants/storage-quotas.ts';
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
  /**
   * Disposes it without a time for running work: streams end with an error each, and its runs are free for other servers.
   * For a process that fails, maybe because of one of these runs.
   */
  fail(): Promise<void>;
  /**
   * Prepares disposal where other servers take over: `/ready` becomes a 503 and every reply closes its connection, while
   * all requests are served. Resolves after `config.drainMs`.
   */
  drain(): Promise<void>;
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
  const checker = stack.use(new SchemaChecker(config.schemas, log));
  const agents = stack.use(createAgents(config.agents, log, checker, toAgentBounds(config)));
  const tenants = new Tenants(config.tenancy);
  const contract = loadContract();
  const shutdown = new AbortController();
  let isDraining = false;
  const limitOf = (tenant: string) => tenants.settings(tenant).limits.runs;
  const slots = new RunSlots({ running: config.runs.atOnce, waiting: config.runs.queued, limitOf });
  const runs = stack.use(
    new Runs({ store, slots, leaseMs: config.runs.leaseMs, timeoutMs: config.runs.timeoutMs, log }),
  );
  const quotas = new StorageQuotas({
    quotaOf: (tenant) => tenants.settings(tenant).limits.storageBytes,
    measure: (tenant) => store.storedBytes(tenant),
  });
  const reaper = stack.use(new Reaper({ store, log, logSeconds: config.runs.logSeconds, now }));
  const deps = {
    agent: agents.all,
    agentOf: (tenant: string) => agents.of(tenants.settings(tenant).agents),
    tenants,
    store,
    sealer: createSealer(await store.secret('seal')),
    runs,
    log,
    reportRun: createReportRun(log),
    carryInstructions: config.carryInstructions,
    restarts: config.runs.restarts,
    attempts: config.runs.attempts,
    schemaBytes: config.schemas.bytes,
    expiresAt: (tenant: string) => tenants.expiresAt(tenant, now()),
    history: { bytes: config.runs.historyBytes, items: config.runs.historyItems },
    admitStorage: (tenant: string, content: unknown) => quotas.admit(tenant, content),
    version: contract.document.info.version,
    isDraining: () => isDraining,
  };
  const handlers = createHandlers(deps);
  const places = createBodyPlaces(config.bodies);
  const app = createApp({ config, tenants, contract, handlers, log, places, shutdown: shutdown.signal });
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
  answerExpectations(server, { maxBytes: config.bodies.bytes });
  const sockets = attachWebSockets(server, {
    responses: deps,
    agentOf: deps.agentOf,
    tenants,
    config,
    contract,
    places,
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
  runs.recoverOrphans();
  reaper.start();
  let isFailing = false;
  stack.defer(() => {
    const graceMs = isFailing ? 0 : config.shutdownMs;
    const closed = close(server, { shutdown, runs, graceMs, isOrderly: !isFailing });
    sockets.drain();
    return closed;
  });
  const parts = stack.move();
  let disposed: Promise<void> | undefined;
  const dispose = () => (disposed ??= parts.disposeAsync());
  return {
    url,
    reload(next) {
      checkReload({ agents: config.agents, isOpen: tenants.isOpen }, next);
      tenants.replace(next.tenancy);
    },
    async drain() {
      isDraining = true;
      closeAfterReplies(server);
      await delay(config.drainMs);
    },
    fail() {
      isFailing = true;
      return dispose();
    },
    [Symbol.asyncDispose]: dispose,
  };
}

interface Closing {
  shutdown: AbortController;
  runs: Runs;
  graceMs: number;
  isOrderly: boolean;
}

async function close(server: HttpServer, { shutdown, runs, graceMs, isOrderly }: Closing): Promise<void> {
  closeAfterReplies(server);
  const closed = stopListening(server);
  const cut = Promise.withResolvers<void>();
  const deadline = setTimeout(() => {
    const reason = shuttingDown();
    runs.stop(reason, { isOrderly });
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
  clearTimeout(deadline);
}
