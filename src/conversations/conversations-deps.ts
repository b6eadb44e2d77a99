import type { Store } from '../store/store.ts';

/** What the conversation use cases need of the rest of the server. */
export interface ConversationsDeps {
  store: Store;
  /** Whose conversations. */
  tenant: string;
}
