import type { OpenSealed } from '../items/open-sealed.ts';
import type { HistoryLimits } from '../store/history-bounds.ts';
import type { Store } from '../store/store.ts';

/** What the conversation use cases need of the rest of the server. */
export interface ConversationsDeps {
  store: Store;
  /** Whose conversations. */
  tenant: string;
}

/** What those need that keep something anew. */
export interface KeepingDeps extends ConversationsDeps {
  /** Reads what this server has sealed for the tenant. */
  open: OpenSealed;
  /** When what is kept now has had its time, in Unix seconds; `undefined`: never. */
  expiresAt: number | undefined;
  history: HistoryLimits;
  /** Throws `insufficient_quota` when the tenant may not store what `content` brings. */
  admitStorage(tenant: string, content: unknown): Promise<void>;
}
