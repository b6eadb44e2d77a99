import type { ConversationId, ResponseId } from '../ids.ts';
import type { HistoryBounds, LimitedHistory } from './history-bounds.ts';
import type { StoredItem } from './stored-item.ts';

export interface StoredResponse {
  id: ResponseId;
  /** The owner. Another tenant's id is the same as an unknown one. */
  tenant: string;
  /** The response this one continues (`previous_response_id`). */
  parentId: ResponseId | undefined;
  /** The conversation that its items belong to, too. */
  conversationId: ConversationId | undefined;
  /** Stable over a chain; handed to the agent. */
  sessionId: string;
  /** Unix seconds. */
  createdAt: number;
  /** Unix seconds: from then on `reap` removes it. Absent: never. */
  expiresAt?: number | undefined;
  /** The items the client gave for this turn alone, in order. */
  input: StoredItem[];
  /** The items the agent produced, in order. */
  output: StoredItem[];
  /** The Response resource as sent, without `output`. */
  resource: Record<string, unknown>;
}

/** The part of a response that its descendants need. */
export interface StoredTurn {
  id: ResponseId;
  input: StoredItem[];
  output: StoredItem[];
}

/** What a continuation needs of the response it builds on. */
export interface StoredHistory extends LimitedHistory {
  sessionId: string;
  /** The `instructions` of the last response of the chain, as in its resource (`null` when it had none). */
  instructions: unknown;
  /** The `status` of the last response of the chain, as in its resource (`null` when it has none). */
  status: unknown;
  /** Oldest first; the response asked for is the last. */
  turns: StoredTurn[];
}

/**
 * Keeps responses, finished and running. Safe for concurrent calls, also from several handles on one database. Ids that are
 * unknown, deleted, evicted or another tenant's are all `undefined` (or `false`), never an exception.
 */
export interface ResponseStore {
  /** The response whole; without its conversation once that is gone. Makes it the most recently used. */
  get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined>;

  /**
   * The chain that ends in `id`, read in one query when it is within the bounds. Makes `id` the most recently used. Ancestors
   * that were deleted or evicted are hidden from `get` but still part of the chain.
   */
  history(tenant: string, id: ResponseId, bounds?: HistoryBounds): Promise<StoredHistory | undefined>;

  /**
   * The items of these ids, as far as there are any: of the tenant's visible responses, input and output alike, and of
   * its conversations. Ids that clients made may repeat: then the item of the response created last is given, and a
   * conversation's (the one created last) only where no response has one. Counts as no use of what holds them.
   */
  findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>>;

  /** The bytes of JSON of the items that `findItems` finds. */
  measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>>;

  /**
   * Inserts a response, or replaces the one of its id, which keeps its place in the chain; resolves once a later `get`
   * is certain to see it. When it expires is replaced too, also by never. A parent that was hidden since is still
   * continued; one that was purged since is not, and the response starts a chain. Evicts the least recently used responses
   * over the backend's limit, neither this one nor those whose run goes on. Rejects with a
   * `store_unavailable` ApiError when it could not be written, with nothing changed.
   *
   * The first put that names a conversation appends the input and output to it, in the same transaction; a replacement
   * appends nothing more and leaves there what the first one appended. A conversation that is gone is left out; one that
   * is there and expires is kept until the response expires, if that is later.
   */
  put(response: StoredResponse): Promise<void>;

  /** Hides a response at once. Content that no visible response can reach any more is purged. `false`: none there. */
  delete(tenant: string, id: ResponseId): Promise<boolean>;

  /** How many responses are visible, over all tenants. */
  count(): Promise<number>;
}
