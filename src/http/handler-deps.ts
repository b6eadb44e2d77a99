import type { AgentClient } from '../agent/agent-client.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** What is built once and handed to every handler. */
export interface HandlerDeps {
  agent: AgentClient;
  store: Store;
  log: Log;
  carryInstructions: boolean;
  /** Of the contract, which is that of the server. */
  version: string;
}
