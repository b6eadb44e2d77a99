import type { ConversationHistory } from '../conversation-store.ts';
import type { StoredItem } from '../stored-item.ts';

/** Returns the history of a conversation beyond its bounds. `undefined`: nothing was read. */
export const toLimitedItems = (items: StoredItem[] | undefined): Omit<ConversationHistory, 'sessionId'> =>
  items === undefined ? { items: [], limited: 'too-long' } : { items, limited: 'cut' };
