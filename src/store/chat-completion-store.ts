import type { ChatCompletionId } from '../ids.ts';
import type { PageRequest, PageResult } from './page.ts';
import type { StoredItem } from './stored-item.ts';

/** A stored chat completion as lists show it. */
export interface ListedChatCompletion {
  id: ChatCompletionId;
  /** The owner. Another tenant's id is the same as an unknown one. */
  tenant: string;
  /** Unix seconds. */
  createdAt: number;
  model: string;
  /** As it is now; `resource` may hold what it was at first. */
  metadata: Record<string, string>;
  /** The completion as sent. */
  resource: Record<string, unknown>;
}

export interface StoredChatCompletion extends ListedChatCompletion {
  /** What the client sent, in order. */
  messages: StoredItem[];
  /** Unix seconds: from then on `reap` removes it. Absent: never. */
  expiresAt?: number | undefined;
}

export interface ChatCompletionQuery extends PageRequest {
  model?: string;
  /** Every pair given here must be in the completion's metadata. */
  metadata?: Record<string, string>;
}

/**
 * Keeps finished chat completions. Safe for concurrent calls, also from several handles on one database. Unknown,
 * deleted, evicted and another tenant's are all the same. Over the backend's limit the least recently used goes.
 */
export interface ChatCompletionStore {
  /** Inserts a completion, or replaces the one of its id. */
  put(completion: StoredChatCompletion): Promise<void>;

  /** Makes it the most recently used. */
  get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined>;

  /** By time of creation, then by when they were first put. `after` need not fit the filters. Counts as no use. */
  list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>>;

  /** Replaces the metadata, and gives the completion as it is now. Makes it the most recently used. */
  updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined>;

  /** `false`: none there. */
  delete(tenant: string, id: ChatCompletionId): Promise<boolean>;
}
