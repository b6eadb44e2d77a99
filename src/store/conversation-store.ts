import type { ConversationId } from '../ids.ts';
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
  /** The owner. Another tenant's id is the same as an unknown one. */
  tenant: string;
  /** What was said before, in order. */
  items: StoredItem[];
  /** Unix seconds: from then on `reap` removes it with its items. Absent: never. */
  expiresAt?: number | undefined;
}

/** Everything a turn of a conversation needs of it. */
export interface ConversationHistory extends LimitedHistory {
  /** Made with the conversation; handed to the agent. */
  sessionId: string;
  /** Oldest first. */
  items: StoredItem[];
}

/**
 * Keeps conversations and their items, for as long as the conversation is there: deleting a response takes nothing out
 * of its conversation. Safe for concurrent calls, also from several handles on one database: an append is whole, and
 * its items stay together. Every call but `delete` makes the conversation the most recently used; over the backend's
 * limit the least recently used goes. Unknown, deleted, evicted and another tenant's are all the same.
 *
 * Item ids that clients made may repeat within a conversation.
 */
export interface ConversationStore {
  /** Its id is a new one. */
  create(conversation: NewConversation): Promise<void>;

  get(tenant: string, id: ConversationId): Promise<StoredConversation | undefined>;

  /** Replaces the metadata, and gives the conversation as it is now. */
  update(tenant: string, id: ConversationId, metadata: Record<string, string>): Promise<StoredConversation | undefined>;

  /** Deletes it with its items; the responses that were said in it stay. `false`: none there. */
  delete(tenant: string, id: ConversationId): Promise<boolean>;

  /** A part of its items. Of items that share the id `after`, the last in the order asked for counts. */
  items(tenant: string, id: ConversationId, page: PageRequest): Promise<PageResult<StoredItem> | undefined>;

  /** All of its items when they are within the bounds. */
  history(tenant: string, id: ConversationId, bounds?: HistoryBounds): Promise<ConversationHistory | undefined>;

  /** The newest item of an id. */
  item(tenant: string, id: ConversationId, itemId: string): Promise<StoredItem | 'no-item' | 'no-conversation'>;

  /**
   * Appends items in order. `false`: no such conversation. One that expires is kept until `expiresAt` (Unix seconds), if
   * that is later.
   */
  append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean>;

  /** Deletes every item of an id. Responses that hold it keep it. */
  deleteItem(tenant: string, id: ConversationId, itemId: string): Promise<'deleted' | 'no-item' | 'no-conversation'>;
}
