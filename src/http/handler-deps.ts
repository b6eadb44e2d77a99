import type { AgentClient } from '../agent/agent-client.ts';
import type { Log } from '../log.ts';
import type { TurnLocks } from '../responses/turn-locks.ts';
import type { Sealer } from '../seal/seal.ts';
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
  turnLocks: TurnLocks;
  log: Log;
  carryInstructions: boolean;
  /** Of the contract, which is that of the server. */
  version: string;
}
