import type { ChatCompletionStore } from './chat-completion-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { ResponseStore } from './response-store.ts';

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

  /**
   * The 32 random bytes of this name: made once, the same from then on for everyone who shares the store, and kept as
   * long as what is stored in it.
   */
  secret(name: string): Promise<Buffer>;

  /** Resolves when the store can read and write now; else rejects with a `store_unavailable` ApiError. */
  check(): Promise<void>;
}
