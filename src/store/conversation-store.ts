import type { ConversationId } from '../ids.ts';
import type { FoundRequest, FoundResult } from './found-page.ts';
import type { HistoryBounds, LimitedHistory } from './history-bounds.ts';
import type { PageRequest, PageResult } from './page.ts';
import type { StoredItem } from './stored-item.ts';

export interface StoredConversation {
  id: ConversationId;
  /** Unix seconds. */
  createdAt: number;
  metadata: Record<string, string>;
}

export interface NewConversation extends StoredConversation {
  /** The owner. */
  tenant: string;
  /** The initial items, in order. */
  items: StoredItem[];
  /** Unix seconds: `reap` removes the conversation and its items from this time on. Omitted: it never expires. */
  expiresAt?: number | undefined;
}

/** The state of a conversation that a turn needs. */
export interface ConversationHistory extends LimitedHistory {
  /** Created with the conversation and passed to the agent. */
  sessionId: string;
  /** Oldest first. */
  items: StoredItem[];
}

export interface ConversationQuery extends FoundRequest {
  tenant?: string | undefined;
  /** The whole id. */
  id?: string | undefined;
}

/** A conversation in a list for operators. */
export interface FoundConversation extends StoredConversation {
  tenant: string;
  /** The number of its items. */
  items: number;
}

/**
 * Stores conversations and their items. A conversation keeps the items of a response that is deleted. Calls may be
 * concurrent, also through several handles on one database: the items of one append stay adjacent. Every call except
 * `delete` and `search` marks the conversation as most recently used. When the backend's limit is exceeded, the least recently used
 * conversation is evicted. A conversation of another tenant is treated as unknown, like one that was deleted or
 * evicted.
 *
 * Item ids chosen by clients may repeat within a conversation.
 */
export interface ConversationStore {
  /** Creates a conversation. Rejects with an `Error` when the id exists. */
  create(conversation: NewConversation): Promise<void>;

  /** `undefined`: unknown. */
  get(tenant: string, id: ConversationId): Promise<StoredConversation | undefined>;

  /** Replaces the metadata and returns the updated conversation. `undefined`: unknown. */
  update(tenant: string, id: ConversationId, metadata: Record<string, string>): Promise<StoredConversation | undefined>;

  /** Deletes a conversation and its items. Its responses stay. `false`: unknown. */
  delete(tenant: string, id: ConversationId): Promise<boolean>;

  /**
   * Returns a page of the items. When several items have the id in `after`, the page starts after the last of them in
   * the requested order. `undefined`: unknown.
   */
  items(tenant: string, id: ConversationId, page: PageRequest): Promise<PageResult<StoredItem> | undefined>;

  /** Returns the items that the bounds allow; without bounds, all of them. `undefined`: unknown. */
  history(tenant: string, id: ConversationId, bounds?: HistoryBounds): Promise<ConversationHistory | undefined>;

  /** Returns the newest item with an id. */
  item(tenant: string, id: ConversationId, itemId: string): Promise<StoredItem | 'no-item' | 'no-conversation'>;

  /**
   * Appends items in order. A conversation that expires earlier than `expiresAt` (Unix seconds) is extended to that
   * time. `false`: unknown.
   */
  append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean>;

  /** Deletes all items with an id. Responses keep them. */
  deleteItem(tenant: string, id: ConversationId, itemId: string): Promise<'deleted' | 'no-item' | 'no-conversation'>;

  /**
   * Returns a page of the conversations of all tenants, the most recently used first, for operators. One call examines at
   * most `limits.searchedConversations`.
   */
  search(query: ConversationQuery): Promise<FoundResult<FoundConversation>>;
}
