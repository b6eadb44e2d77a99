import type { AgentClient } from '../agent/agent-client.ts';
import type { Log } from '../log.ts';
import type { Runs } from '../runs/runs.ts';
import type { Sealer } from '../seal/seal.ts';
import type { Store } from '../store/store.ts';

/** What is built once and handed to every handler. */
export interface HandlerDeps {
  agent: AgentClient;
  store: Store;
  sealer: Sealer;
  runs: Runs;
  log: Log;
  carryInstructions: boolean;
  /** Are background responses made anew where that harms nobody? */
  restarts: boolean;
  /** When what a tenant stores now has had its time, in Unix seconds; `undefined`: never. */
  expiresAt(tenant: string): number | undefined;
  /** Of the contract, which is that of the server. */
  version: string;
}
