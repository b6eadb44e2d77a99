import type { ApprovalStore } from './approval-store.ts';
import type { ChatCompletionStore } from './chat-completion-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { LeaseStore } from './lease-store.ts';
import type { LoadStore } from './load-store.ts';
import type { ResponseStore } from './response-store.ts';
import type { RunRecordStore } from './run-record-store.ts';
import type { RunStore } from './run-store.ts';
import type { UsageStore } from './usage-store.ts';
import type { WebhookStore } from './webhook-store.ts';

/**
 * All persistent state. Items and resources are opaque JSON to a backend and are returned exactly as they were put.
 * Storage grows linearly with the turns: a response holds its own items and its parent's id, never a copy of the
 * history.
 *
 * Every call is atomic. It rejects with a `store_unavailable` ApiError, with nothing changed, when the backend cannot
 * be read or written.
 */
export interface Store extends AsyncDisposable {
  readonly responses: ResponseStore;
  readonly conversations: ConversationStore;
  readonly chatCompletions: ChatCompletionStore;
  readonly runs: RunStore;
  readonly leases: LeaseStore;
  readonly idempotency: IdempotencyStore;
  readonly approvals: ApprovalStore;
  readonly usage: UsageStore;
  readonly webhooks: WebhookStore;
  readonly runRecords: RunRecordStore;
  readonly load: LoadStore;

  /**
   * Returns the secret of a name: 32 random bytes. The first call creates it. All processes that share the store get
   * the same bytes, for as long as the store exists.
   */
  secret(name: string): Promise<Buffer>;

  /**
   * Removes expired data, at most `limit` entries of each kind, oldest first, and returns how many it removed:
   * - responses, conversations, chat completions, approvals, webhooks and idempotency keys whose `expiresAt` has
   *   passed. A response is hidden as by `delete`, so its descendants keep their history.
   * - token counters of past windows.
   * - records of runs that were created before `recordsBefore`, and load rows older than `limits.loadSeconds`: these are
   *   small, at most `limits.smallRowsReaped` for each of the `limit` entries.
   * - logs of runs that ended before `logsBefore`. A run without a stored response is removed with its log, unless an
   *   idempotency key names it: a retry of that key is answered from the log.
   *
   * Running runs and the turns of conversations are never removed.
   */
  reap(request: ReapRequest): Promise<number>;

  /**
   * Returns the bytes of JSON that a tenant has stored: responses (hidden ones included), conversations, chat
   * completions, approvals, and runs with their logs and journals. May take long. Concurrent writes may or may not be counted.
   */
  storedBytes(tenant: string): Promise<number>;

  /** Resolves when the store can be read and written now. Rejects with a `store_unavailable` ApiError otherwise. */
  check(): Promise<void>;

  backlog(): StoreBacklog;
}

/** The work of a store at one moment. */
export interface StoreBacklog {
  /** Writes that wait for their commit, or calls that wait for a connection or a statement. */
  waiting: number;
  /** Open connections to the database. Omitted: it has none. */
  connections?: { active: number; idle: number };
}

export interface ReapRequest {
  /** Unix seconds. Entries that expire at this time or earlier are removed. */
  now: number;
  /** Unix seconds. Logs of runs that ended before this time are removed. */
  logsBefore: number;
  /** Unix seconds. Records of ended runs created before this time are removed. Omitted: none. */
  recordsBefore?: number | undefined;
  /** At least 1. */
  limit: number;
}
