import type { AgentClient } from '../agent/agent-client.ts';
import type { Log } from '../log.ts';
import type { TurnLocks } from '../responses/turn-locks.ts';
import type { Sealer } from '../seal/seal.ts';
import type { Store } from '../store/store.ts';

/** What is built once and handed to every handler. */
export interface HandlerDeps {
  agent: AgentClient;
  store: Store;
  sealer: Sealer;
  turnLocks: TurnLocks;
  log: Log;
  carryInstructions: boolean;
  /** Of the contract, which is that of the server. */
  version: string;
}
