import type { ChatCompletionId } from '../ids.ts';
import type { PageRequest, PageResult } from './page.ts';
import type { StoredItem } from './stored-item.ts';

/** A stored chat completion without its messages. */
export interface ListedChatCompletion {
  id: ChatCompletionId;
  /** The owner. */
  tenant: string;
  /** Unix seconds. */
  createdAt: number;
  model: string;
  /** The current metadata. `resource` may hold the original one. */
  metadata: Record<string, string>;
  /** The completion as it was sent. */
  resource: Record<string, unknown>;
}

export interface StoredChatCompletion extends ListedChatCompletion {
  /** The messages of the request, in order. */
  messages: StoredItem[];
  /** Unix seconds: `reap` removes the completion from this time on. Omitted: it never expires. */
  expiresAt?: number | undefined;
}

export interface ChatCompletionQuery extends PageRequest {
  /** Selects completions of this model. */
  model?: string;
  /** Selects completions whose metadata contains all of these pairs. */
  metadata?: Record<string, string>;
}

/**
 * Stores finished chat completions. Calls may be concurrent, also through several handles on one database. A completion
 * of another tenant is treated as unknown, like one that was deleted or evicted. When the backend's limit is exceeded,
 * the least recently used completion is evicted.
 */
export interface ChatCompletionStore {
  /** Inserts a completion, or replaces the one with the same id. */
  put(completion: StoredChatCompletion): Promise<void>;

  /** Returns a completion and marks it as most recently used. `undefined`: unknown. */
  get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined>;

  /**
   * Returns a page in the order of `createdAt`, then of the first `put`. The completion in `after` need not match the
   * filters. Does not count as a use.
   */
  list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>>;

  /**
   * Replaces the metadata, returns the updated completion and marks it as most recently used. `undefined`: unknown.
   */
  updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined>;

  /** Deletes a completion. `false`: unknown. */
  delete(tenant: string, id: ChatCompletionId): Promise<boolean>;
}
