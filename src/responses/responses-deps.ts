import type { AgentClient } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../seal/seal.ts';
import type { Store } from '../store/store.ts';
import type { TurnLocks } from './turn-locks.ts';

/** What the Responses use cases need of the rest of the server. */
export interface ResponsesDeps {
  agent: AgentClient;
  store: Store;
  sealer: Sealer;
  turnLocks: TurnLocks;
  log: Pick<Log, 'warn'>;
  /** Do instructions carry over from the previous response when a request gives none? */
  carryInstructions: boolean;
}

export type ResponseRequest = Schemas['CreateResponseRequest'];
export type ResponseResource = Schemas['Response'];
export type ResponseEvent = Schemas['ResponseStreamEvent'];
export type OutputItem = Schemas['OutputItem'];
export type InputItem = Schemas['InputItem'];
