import type { ConversationId, ResponseId } from '../ids.ts';
import type { FoundRequest, FoundResult } from './found-page.ts';
import type { HistoryBounds, LimitedHistory } from './history-bounds.ts';
import type { StoredItem } from './stored-item.ts';

/** The messages of a turn as text, which later turns send unchanged. A turn with other content has none. */
export interface TurnFragment {
  /** JSON texts of messages, separated by commas. */
  messages: string;
  /** JSON strings, separated by commas: the texts of its system messages. */
  system: string;
  /** The ids of the calls at its end, whose outputs the next turn has. */
  openCalls: readonly string[];
}

export interface StoredResponse {
  id: ResponseId;
  /** The owner. */
  tenant: string;
  /** The response that this one continues (`previous_response_id`). */
  parentId: ResponseId | undefined;
  /** The conversation that also holds the items. */
  conversationId: ConversationId | undefined;
  /** The same for all responses of a chain. Passed to the agent. */
  sessionId: string;
  /** Unix seconds. */
  createdAt: number;
  /** Unix seconds: `reap` hides the response from this time on. Omitted: it never expires. */
  expiresAt?: number | undefined;
  /** The items that the client sent for this turn, in order. */
  input: StoredItem[];
  /** The items that the agent produced, in order. */
  output: StoredItem[];
  /** The Response resource as it was sent, without `output`. `agent_state`, which is not sent, is what its agent needs. */
  resource: Record<string, unknown>;
  /**
   * Kept only if the response begins its chain, or if its parent has one: a chain is joined as a whole or not
   * at all. Only `history` returns it.
   */
  fragment?: TurnFragment | undefined;
}

/** The part of a response that its descendants need. */
export interface StoredTurn {
  id: ResponseId;
  input: StoredItem[];
  output: StoredItem[];
}

/** The messages of a chain. */
export interface JoinedHistory {
  /** UTF-8. JSON texts of messages, separated by commas, oldest first. */
  messages: Buffer;
  /** The texts of the system messages, oldest first. */
  system: readonly string[];
  /** The ids of the calls at the end of the chain. */
  openCalls: readonly string[];
  /** The parent of its last response. */
  parentId: ResponseId | undefined;
  /** The messages of its last response. */
  lastTurn: string;
}

/** The state of a chain that the next turn needs. */
export interface StoredHistory extends LimitedHistory {
  sessionId: string;
  /** `instructions` of the last response's resource, `null` when it has none. */
  instructions: unknown;
  /** `status` of the last response's resource, `null` when it has none. */
  status: unknown;
  /** `agent_state` of the last response's resource. Omitted when it has none. */
  agentState?: unknown;
  /** Oldest first. The last turn is the requested response. Empty if the history is joined. */
  turns: StoredTurn[];
  /** The fragments of all turns, in place of their items. */
  joined?: JoinedHistory | undefined;
}

export interface ResponseQuery extends FoundRequest {
  tenant?: string | undefined;
  /** The whole id. */
  id?: string | undefined;
  /** A part of an item's text, in any case. */
  text?: string | undefined;
  conversationId?: string | undefined;
}

/** A response in a list for operators. */
export interface FoundResponse {
  id: ResponseId;
  tenant: string;
  parentId?: ResponseId | undefined;
  conversationId?: ConversationId | undefined;
  /** Unix seconds. */
  createdAt: number;
  /** Of its resource. */
  model?: string | undefined;
  /** Of its resource. */
  status?: string | undefined;
  /** The beginning of the first text that the client sent, at most `limits.foundTextCharacters` long. */
  inputText?: string | undefined;
}

/** A response of a tree. */
export interface TreeNode {
  id: ResponseId;
  /** Omitted: the root. */
  parentId?: ResponseId | undefined;
  /** Unix seconds. */
  createdAt: number;
  /** Whether it is visible. A deleted response stays while others continue it. */
  isVisible: boolean;
}

export interface ResponseTree {
  /** In the order of their creation: a parent comes before its children. */
  nodes: TreeNode[];
  /** Whether the tree has more nodes. */
  isCut: boolean;
}

/**
 * Stores running and finished responses. Calls may be concurrent, also through several handles on one database. A
 * response of another tenant is treated as unknown, like one that was deleted or evicted.
 */
export interface ResponseStore {
  /**
   * Returns a response and marks it as most recently used. `undefined`: unknown. `conversationId` is `undefined` once
   * the conversation was deleted.
   */
  get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined>;

  /**
   * Returns the chain that ends in `id`, and marks `id` as most recently used. `undefined`: unknown. The chain includes
   * ancestors that were deleted or evicted. A chain within the bounds costs one query, a joined one at most two.
   */
  history(tenant: string, id: ResponseId, bounds?: HistoryBounds): Promise<StoredHistory | undefined>;

  /**
   * Returns the items with these ids, by id; unknown ids are omitted. It searches the input and the output of the
   * tenant's visible responses, then its conversations. When an id repeats, the item of the response created last is
   * returned, and an item of the conversation created last only when no response has one. Does not count as a use.
   */
  findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>>;

  /** Returns the bytes of JSON of the items that `findItems` would return, by id. */
  measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>>;

  /**
   * Inserts a response, or replaces the one with the same id. A replacement keeps its position in the chain; its expiry
   * is replaced too. Resolves when every later `get` returns it. Rejects with a `store_unavailable` ApiError, with
   * nothing changed, when it cannot be written.
   *
   * The parent may be hidden. If it was purged, the response starts a new chain. When the backend's limit is exceeded,
   * the least recently used responses are evicted, except this one and those whose runs are running.
   *
   * The first `put` that names a conversation appends the input and the output to it, in the same transaction, and
   * extends a conversation that would expire earlier than the response. A replacement appends nothing. A conversation
   * that was deleted is ignored.
   */
  put(response: StoredResponse): Promise<void>;

  /** Hides a response, and purges all content that no visible response can reach. `false`: unknown. */
  delete(tenant: string, id: ResponseId): Promise<boolean>;

  /**
   * Returns a page of the visible responses of all tenants, the one created last first, for operators. One call examines
   * at most `limits.searchedResponses` responses and `limits.searchedBytes` of their items. Does not count as a use.
   */
  search(query: ResponseQuery): Promise<FoundResult<FoundResponse>>;

  /**
   * Returns the tree that contains a visible response: the root of its chain and what continues it, at most `limit`
   * nodes. The chain from the root to the response is in it if it fits; otherwise, the end of that
   * chain is the tree. `undefined`: unknown. Does not count as a use.
   */
  tree(tenant: string, id: ResponseId, limit: number): Promise<ResponseTree | undefined>;

  /** Returns the number of visible responses of all tenants. */
  count(): Promise<number>;
}
