import type { ChatCompletionStore } from './chat-completion-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import type { LeaseStore } from './lease-store.ts';
import type { ResponseStore } from './response-store.ts';
import type { RunStore } from './run-store.ts';

/**
 * What is remembered. Backends keep JSON they never look into: items and resources are opaque here, and come back
 * exactly as they were put. Storage is linear in what was said: a response holds its own items and its parent's id,
 * never a copy of the history, and a fork copies nothing.
 *
 * Every call rejects with a `store_unavailable` ApiError when the backend could not be read or written, with nothing
 * changed.
 */
export interface Store extends AsyncDisposable {
  readonly responses: ResponseStore;
  readonly conversations: ConversationStore;
  readonly chatCompletions: ChatCompletionStore;
  readonly runs: RunStore;
  readonly leases: LeaseStore;
  readonly idempotency: IdempotencyStore;

  /**
   * The 32 random bytes of this name: made once, the same from then on for everyone who shares the store, and kept as
   * long as what is stored in it.
   */
  secret(name: string): Promise<Buffer>;

  /**
   * Removes what has had its time, at most `limit` of each kind, oldest first: responses, conversations and chat
   * completions that expired (a response is hidden, as by `delete`, also while its descendants need it), idempotency keys
   * that did, and the logs of runs that ended before `logsBefore`. A run without a stored response goes with its log; as
   * long as an idempotency key names it, both stay, for they are all that the key can be answered with.
   * Gives how many it removed: 0 when nothing is due. Neither conversations' turns nor running runs are touched.
   */
  reap(request: ReapRequest): Promise<number>;

  /**
   * The bytes of JSON that a tenant has stored: responses, hidden ones included, conversations, chat completions, and runs
   * with their logs. May take long; what is stored meanwhile may count or not.
   */
  storedBytes(tenant: string): Promise<number>;

  /** Resolves when the store can read and write now; else rejects with a `store_unavailable` ApiError. */
  check(): Promise<void>;
}

export interface ReapRequest {
  /** Unix seconds: what expires by then goes. */
  now: number;
  /** Unix seconds. */
  logsBefore: number;
  /** At least 1. */
  limit: number;
}
