import type { AgentClient } from '../agent/agent-client.ts';
import type { SentEvent } from '../contract/sent-event.ts';
import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import type { RunLog } from '../runs/run-log.ts';
import type { Runs } from '../runs/runs.ts';
import type { Sealer } from '../seal/seal.ts';
import type { HistoryLimits } from '../store/history-bounds.ts';
import type { Store } from '../store/store.ts';

/** What the Responses use cases need of the rest of the server. */
export interface ResponsesDeps {
  agent: AgentClient;
  store: Store;
  sealer: Sealer;
  runs: Runs;
  log: Pick<Log, 'warn'>;
  runLog: RunLog;
  /** The most that a client's JSON Schema may have. */
  schemaBytes: number;
  /** Do instructions carry over from the previous response when a request gives none? */
  carryInstructions: boolean;
  /** Is a background response that has produced nothing made anew by another server when its own stops or dies? */
  restarts: boolean;
  /** How often servers may execute a response that each of them failed to end. */
  attempts: number;
  /** When what a tenant stores now has had its time, in Unix seconds; `undefined`: never. */
  expiresAt(tenant: string): number | undefined;
  history: HistoryLimits;
  /** Throws `insufficient_quota` when the tenant may not store what `content` brings. */
  admitStorage(tenant: string, content: unknown): Promise<void>;
}

export type ResponseRequest = Schemas['CreateResponseRequest'];
export type ResponseResource = Schemas['Response'];
export type ResponseEvent = SentEvent;
export type OutputItem = Schemas['OutputItem'];
export type InputItem = Schemas['InputItem'];
