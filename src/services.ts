import type { AgentClient } from './agent/agent-client.ts';
import type { Budget } from './agent/loop/loop-services.ts';
import type { ServerRules } from './agent/loop/tool-session.ts';
import type { Log } from './log.ts';
import type { OpenRules } from './rules/open-rules.ts';
import type { WatchRun } from './runs/run-watch.ts';
import type { Runs } from './runs/runs.ts';
import type { Sealer } from './seal/seal.ts';
import type { HistoryLimits } from './store/history-bounds.ts';
import type { Store } from './store/store.ts';
import type { Tenants } from './tenants/tenants.ts';
import type { Announcer } from './webhooks/announcer.ts';

/** What requests may do with MCP servers, and the health of those of the configuration, by label. */
export interface McpServerAccess extends ServerRules {
  health(): Record<string, 'idle' | 'ok' | 'failed'>;
}

/** A configured agent, as operators see it. */
export interface AgentEntry {
  name: string;
  /** How the server talks to it: `offline`, `replay`, or the API of its upstream. */
  kind: string;
  /** Its address, without credentials and query. */
  url: string | undefined;
  client: AgentClient;
}

/** The runs that this server executes now. */
export interface LiveRuns {
  /** Stores the newest state of a run, if this server executes it. */
  refresh(id: string): Promise<void>;
  /** Stops a run for an operator. `false`: this server doesn't execute it. */
  stop(id: string): boolean;
}

/** The long-lived parts and settings of the server, built once at start. Each room takes a narrower view of them. */
export interface Services {
  /** The agents that the caller may use. */
  agent: AgentClient;
  /** Returns the agents that a tenant may use. */
  agentOf: (tenant: string) => AgentClient;
  /** The configured agents, the default first. */
  agents: readonly AgentEntry[];
  tenants: Pick<Tenants, 'settings' | 'names' | 'keyNames'>;
  /** The runs that this server executes now. */
  liveRuns: LiveRuns;
  /** The rules for MCP servers that requests name. */
  mcpServers: McpServerAccess;
  store: Store;
  sealer: Sealer;
  runs: Runs;
  log: Log;
  /** Watches each run that this server executes. */
  watchRun: WatchRun;
  /** Announces events by webhooks. Omitted: no endpoint is configured. */
  announcer?: Announcer | undefined;
  /** Whether a response takes over the instructions of the previous one when its request has none. */
  carryInstructions: boolean;
  /** Whether background responses and keyed requests have a journal, from which another server resumes them. */
  resumes: boolean;
  /** Maximum executions of a run without a new step. */
  attempts: number;
  /** How long a pending approval can be answered, in seconds. */
  approvalSeconds: number;
  /** The rules of the agents that have them, by name, the default first. */
  rules: ReadonlyMap<string, OpenRules>;
  /** Whether this is one of several processes, which do not share rules. */
  isWorker: boolean;
  /** Maximum bytes of a client's JSON Schema. */
  schemaBytes: number;
  history: HistoryLimits;
  /** Unix seconds at which data that a tenant stores now expires; `undefined`: never. */
  expiresAt(tenant: string): number | undefined;
  /** Throws `insufficient_quota` when the tenant may not store the content. */
  admitStorage(tenant: string, content: unknown): Promise<void>;
  /** Returns the token budget of a tenant; `undefined`: it has none. */
  budgetOf(tenant: string): Budget | undefined;
  /** Version of the contract and the server. */
  version: string;
  /** Whether the server is about to stop, so that load balancers must send requests elsewhere. */
  isDraining(): boolean;
}
