import { createServer } from 'node:http';
import { describeAgents } from './admin/describe-agents.ts';
import { RunRecorder } from './admin/record/run-recorder.ts';
import { toAgentBounds } from './agent/agent-bounds.ts';
import { createAgents } from './agent/create-agents.ts';
import { McpServers } from './agent/mcp/mcp-servers.ts';
import { createApp } from './app.ts';
import { recoverChatCompletion } from './chat/recover-chat-completion.ts';
import { closeServer } from './close-server.ts';
import { checkReload } from './config/check-reload.ts';
import type { Config } from './config/config.ts';
import { limits } from './config/limits.ts';
import { loadContract } from './contract/load-contract.ts';
import { isUpgrade } from './http/access/is-upgrade.ts';
import { refuseMalformed } from './http/access/refuse-upgrade.ts';
import { answerExpectations } from './http/body/answer-expectations.ts';
import { createBodySlots } from './http/body/create-body-slots.ts';
import { createHandlers } from './http/create-handlers.ts';
import { closeAfterReplies, releaseProcess, whileServing } from './http/wind-down.ts';
import { createServerId, isResponseId } from './ids.ts';
import type { Log } from './log.ts';
import { listen } from './net/listen.ts';
import { RequestJournal } from './request-journal/request-journal.ts';
import { recoverResponse } from './responses/recover-response.ts';
import { openAllRules } from './rules/open-all-rules.ts';
import { logRuns } from './runs/log-runs.ts';
import { Reaper } from './runs/reaper.ts';
import { RunSlots } from './runs/run-slots.ts';
import { watchAll } from './runs/run-watch.ts';
import { Runs } from './runs/runs.ts';
import { SchemaChecker } from './schemas/schema-checker.ts';
import { createSealer } from './seal/seal.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { startTelemetry } from './telemetry/start-telemetry.ts';
import { StorageQuotas } from './tenants/storage-quotas.ts';
import { Tenants } from './tenants/tenants.ts';
import { TokenBudgets } from './tenants/token-budgets.ts';
import { Announcer } from './webhooks/announcer.ts';
import { openWebhooks } from './webhooks/open-webhooks.ts';
import { attachWebSockets } from './websocket/attach-web-sockets.ts';

export interface Server extends AsyncDisposable {
  /** The base URL, such as `http://127.0.0.1:8642`. */
  readonly url: string;
  /**
   * Replaces the keys and the tenants' settings, effective from the next request. Ignores every other setting and
   * closes no connection. Throws a ConfigError, without any change, when the server cannot apply them.
   */
  reload(config: Config): void;
  /** Reads all rules files again. An invalid one is logged and changes nothing. Returns whether an agent has rules. */
  reloadRules(): boolean;
  /**
   * Disposes the server without the grace period, for a process that fails, possibly because of a run. Every stream
   * ends with an error. Other servers can recover the runs at once.
   */
  fail(): Promise<void>;
  /**
   * Drains the server before disposal behind a load balancer. `/ready` replies with 503 and every reply closes its
   * connection, while all requests are still served. Resolves after `config.drainMs` milliseconds.
   */
  drain(): Promise<void>;
}

export interface ServerOptions {
  /** The clock of expiry, in milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /** Whether the open server keeps the process alive. Default: true. */
  keepsProcess?: boolean;
}

/**
 * Starts a server. Rejects when the port is in use or a part fails to open, and leaves nothing open.
 *
 * Disposing it stops accepting connections and waits up to `config.shutdownMs` milliseconds for running requests and
 * background responses. It ends the others with a `server_shutting_down` error, then closes the agents and the store.
 */
export async function startServer(
  config: Config,
  log: Log,
  { now = Date.now, keepsProcess = true }: ServerOptions = {},
): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const contract = loadContract();
  const { version } = contract;
  const telemetry = stack.use(await startTelemetry(config, { version, log }));
  const store: Store = telemetry.watchStore(stack.use(await openStore(config.store)));
  const checker = stack.use(new SchemaChecker(config.schemas, log));
  const mcpServers = stack.use(new McpServers(config.mcp, { version, log }));
  const serversOf = (agent: string) => mcpServers.of(agent);
  const rules = await openAllRules(config.agents, { contract, log, stack });
  const rulesOf = (agent: string) => rules.get(agent)?.agent;
  const simulates = [...config.agents.values()].some(({ kind }) => kind === 'offline' || kind === 'rules');
  const agents = stack.use(createAgents(config.agents, log, checker, toAgentBounds(config), { serversOf, rulesOf }));
  const tenants = new Tenants(config.tenancy);
  const shutdown = new AbortController();
  let isDraining = false;
  const limitsOf = (tenant: string) => tenants.settings(tenant).limits;
  const slots = new RunSlots({
    running: config.runs.atOnce,
    waiting: config.runs.queued,
    limitOf: (tenant) => limitsOf(tenant).runs,
  });
  const serverId = createServerId();
  const recorder = stack.use(new RunRecorder({ store, server: serverId, log }));
  const runs = stack.use(
    new Runs({ store, server: serverId, slots, leaseMs: config.runs.leaseMs, timeoutMs: config.runs.timeoutMs, log }),
  );
  telemetry.observe({ slots, runs, store }, agents.all);
  const quotas = new StorageQuotas({
    quotaOf: (tenant) => limitsOf(tenant).storageBytes,
    measure: (tenant) => store.storedBytes(tenant),
  });
  const budgets = new TokenBudgets({ limitsOf, usage: store.usage, log, now });
  const endpoints = config.webhooks;
  const webhooks = stack.use(await openWebhooks({ endpoints, store: store.webhooks, log, version, now }));
  const reaper = stack.use(new Reaper({ store, log, retention: config.runs, now }));
  const journal = config.journalEntries > 0 ? new RequestJournal({ entries: config.journalEntries }, now) : undefined;
  const deps = {
    journal,
    agent: agents.all,
    agents: describeAgents(config.agents, agents.each),
    liveRuns: recorder,
    agentOf: (tenant: string) => agents.of(tenants.settings(tenant).agents),
    tenants,
    mcpServers,
    store,
    sealer: createSealer(await store.secret('seal')),
    runs,
    log,
    watchRun: watchAll([logRuns(log), recorder.watchRun, ...telemetry.runWatches]),
    announcer: endpoints.size > 0 ? new Announcer(endpoints, now) : undefined,
    carryInstructions: config.carryInstructions,
    // The memory store ends with its server: nothing is left to resume.
    resumes: config.runs.resumes && config.store.kind !== 'memory',
    attempts: config.runs.attempts,
    approvalSeconds: config.runs.approvalSeconds,
    rules,
    isWorker: config.workers > 1,
    schemaBytes: config.schemas.bytes,
    expiresAt: (tenant: string) => tenants.expiresAt(tenant, now()),
    history: { bytes: config.runs.historyBytes, items: config.runs.historyItems },
    admitStorage: (tenant: string, content: unknown) => quotas.admit(tenant, content),
    budgetOf: (tenant: string) => budgets.of(tenant),
    version,
    isDraining: () => isDraining,
  };
  const handlers = createHandlers(deps);
  const bodySlots = createBodySlots(config.bodies);
  const { watchRequest, metrics } = telemetry;
  const app = createApp({
    ...{ config, tenants, contract, handlers, log, bodySlots, watchRequest, metrics, journal, simulates },
    shutdown: shutdown.signal,
  });
  const server = createServer(
    {
      ...app.messages,
      requestTimeout: limits.bodyTimeoutMs,
      keepAliveTimeout: limits.idleConnectionMs,
      shouldUpgradeCallback: isUpgrade,
      // `requireHost` replies with the error envelope instead.
      requireHostHeader: false,
    },
    app.listener,
  );
  server.on('clientError', refuseMalformed);
  answerExpectations(server, { maxBytes: config.bodies.bytes });
  const sockets = attachWebSockets(server, {
    responses: deps,
    journal,
    agentOf: deps.agentOf,
    tenants,
    config,
    contract,
    bodySlots,
    simulates,
    shutdown: shutdown.signal,
    log,
  });
  await runs.start((run, error) => {
    const recoverDeps = { ...deps, agent: deps.agentOf(run.tenant) };
    return isResponseId(run.id)
      ? recoverResponse(run, recoverDeps, error)
      : recoverChatCompletion(run, recoverDeps, error);
  });
  await telemetry.listen();
  const url = await listen(server, config);
  if (!keepsProcess) releaseProcess(server);
  runs.recoverOrphans();
  recorder.start();
  reaper.start();
  webhooks?.start();
  let isFailing = false;
  stack.defer(() => {
    const graceMs = isFailing ? 0 : config.shutdownMs;
    const closed = closeServer(server, { shutdown, runs, graceMs, isOrderly: !isFailing });
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
    reloadRules() {
      for (const open of rules.values()) open.reload();
      return rules.size > 0;
    },
    async drain() {
      isDraining = true;
      closeAfterReplies(server);
      await whileServing(config.drainMs);
    },
    fail() {
      isFailing = true;
      return dispose();
    },
    [Symbol.asyncDispose]: dispose,
  };
}
