import type { AgentClient } from '../agent/agent-client.ts';
import type { Log } from '../log.ts';
import type { RunLog } from '../runs/run-log.ts';
import type { Runs } from '../runs/runs.ts';
import type { Sealer } from '../seal/seal.ts';
import type { HistoryLimits } from '../store/history-bounds.ts';
import type { Store } from '../store/store.ts';
import type { Tenants } from '../tenants/tenants.ts';

/** What is built once and handed to every handler. */
export interface HandlerDeps {
  /** All agents together; for no tenant in particular. */
  agent: AgentClient;
  /** The agents as a tenant may see them. */
  agentOf: (tenant: string) => AgentClient;
  tenants: Pick<Tenants, 'settings'>;
  store: Store;
  sealer: Sealer;
  runs: Runs;
  log: Log;
  runLog: RunLog;
  carryInstructions: boolean;
  /** Are background responses made anew where that harms nobody? */
  restarts: boolean;
  /** How often servers may execute a response that each of them failed to end. */
  attempts: number;
  /** The most that a client's JSON Schema may have. */
  schemaBytes: number;
  /** When what a tenant stores now has had its time, in Unix seconds; `undefined`: never. */
  expiresAt(tenant: string): number | undefined;
  history: HistoryLimits;
  /** Throws `insufficient_quota` when the tenant may not store what `content` brings. */
  admitStorage(tenant: string, content: unknown): Promise<void>;
  /** Of the contract, which is that of the server. */
  version: string;
  /** Whether the server is about to stop, so that balancers are to send their requests elsewhere. */
  isDraining(): boolean;
}
