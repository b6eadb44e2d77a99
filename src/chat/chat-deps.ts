import type { AgentClient } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import type { RunLog } from '../runs/run-log.ts';
import type { Runs } from '../runs/runs.ts';
import type { Store } from '../store/store.ts';

/** What the Chat Completions use cases need of the rest of the server. */
export interface ChatDeps {
  agent: AgentClient;
  store: Store;
  runs: Runs;
  log: Pick<Log, 'warn'>;
  runLog: RunLog;
  /** The most that a client's JSON Schema may have. */
  schemaBytes: number;
  /** When what a tenant stores now has had its time, in Unix seconds; `undefined`: never. */
  expiresAt(tenant: string): number | undefined;
  /** Throws `insufficient_quota` when the tenant may not store what `content` brings. */
  admitStorage(tenant: string, content: unknown): Promise<void>;
}

export type ChatRequest = Schemas['CreateChatCompletionRequest'];
export type ChatCompletion = Schemas['ChatCompletion'];
export type ChatChunk = Schemas['ChatCompletionChunk'];
