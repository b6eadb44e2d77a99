import type { FoundRequest, FoundResult } from './found-page.ts';
import type { RunId } from './run-store.ts';

export const runStates = ['queued', 'running', 'completed', 'incomplete', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

/** A call of a model or of a server-side tool. Times are Unix milliseconds. */
export interface RunCall {
  kind: 'model' | 'tool';
  /** The model or the tool. Omitted: the agent's default model. */
  name?: string | undefined;
  /** The label of the MCP server of a tool. */
  server?: string | undefined;
  /** The agent of a model. */
  agent?: string | undefined;
  startedAt: number;
  /** The first output. */
  answeredAt?: number | undefined;
  endedAt?: number | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  /** Code and message, at most `limits.runRecordMessageCharacters` long. */
  error?: string | undefined;
  /** Whether the tool returned an error, which the model reads. */
  isToolError?: true | undefined;
}

/** A run of any kind as operators see it, without content and without its calls. Times are Unix milliseconds. */
export interface RunSummary {
  id: RunId;
  tenant: string;
  /** The server that executes or executed it (`Runs.server`). */
  server: string;
  state: RunState;
  /** The start of this execution. A stored record has that of the first execution. */
  createdAt: number;
  begunAt?: number | undefined;
  firstOutputAt?: number | undefined;
  endedAt?: number | undefined;
  /** The configured name of the agent, when several are configured. */
  agent?: string | undefined;
  model?: string | undefined;
  isBackground: boolean;
  isDetached: boolean;
  /** Whether only a compaction was requested. */
  isCompaction: boolean;
  requestId?: string | undefined;
  /** Number of this execution of the run, from 1. */
  attempt: number;
  /** Calls of models, of all executions. */
  modelCalls: number;
  /** Calls of server-side tools, of all executions. */
  toolCalls: number;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  /** Why it is incomplete. */
  reason?: string | undefined;
  errorCode?: string | undefined;
  /** At most `limits.runRecordMessageCharacters` long. */
  errorMessage?: string | undefined;
}

/** A run with its calls. */
export interface RunRecord extends RunSummary {
  /** The first calls of each execution, at most `limits.runRecordCalls`, in the order of their starts. */
  calls: RunCall[];
}

export interface Awaiting {
  /** Approvals that the run asked for and that can still be answered. */
  pendingApprovals: number;
}

export interface RunRecordQuery extends FoundRequest {
  states?: readonly RunState[] | undefined;
  tenant?: string | undefined;
  agent?: string | undefined;
  model?: string | undefined;
  kind?: 'response' | 'chat.completion' | undefined;
  /** The beginning of the id. */
  idPrefix?: string | undefined;
  /** Selects runs with a pending approval. */
  awaiting?: boolean | undefined;
  /** Unix seconds: approvals that have expired are not pending. */
  now: number;
}

/**
 * Stores one record for each run of all tenants, for operators. Records hold no content, so deleting a response does not
 * delete its record. Calls may be concurrent, also through several handles on one database.
 */
export interface RunRecordStore {
  /**
   * Inserts or replaces records in one transaction. An execution is identified by its server and its `createdAt`; a
   * later one keeps the calls and the earliest times of earlier ones, and a record of an earlier one changes nothing.
   */
  put(records: readonly RunRecord[]): Promise<void>;

  /** `undefined`: unknown. `now`: Unix seconds. */
  get(id: string, now: number): Promise<(RunRecord & Awaiting) | undefined>;

  /**
   * Returns a page, newest first by `createdAt`. One call examines at most `limits.examinedRecords` records. Those that
   * have not ended are found by an index.
   */
  list(query: RunRecordQuery): Promise<FoundResult<RunSummary & Awaiting>>;

  /** Requests a run to be stopped by its server. `false`: unknown, or it has ended. */
  requestStop(id: string): Promise<boolean>;

  /** Returns the runs of a server that have not ended and whose stop was requested. */
  stopRequests(server: string): Promise<RunId[]>;

  /**
   * Ends the records of runs whose server is dead as `failed` with the code `server_stopped`, at most
   * `limits.settledRunRecords`, and returns their number. A server that resumes such a run puts its record again.
   * `now`: Unix milliseconds.
   */
  settleLost(now: number): Promise<number>;
}
