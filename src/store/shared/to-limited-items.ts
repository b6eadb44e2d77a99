import type { ConversationHistory } from '../conversation-store.ts';
import type { StoredItem } from '../stored-item.ts';

/** The items of a conversation beyond its bounds, from what was read of it; `undefined`: nothing. */
export const toLimitedItems = (items: StoredItem[] | undefined): Omit<ConversationHistory, 'sessionId'> =>
  items === undefined ? { items: [], limited: 'too-long' } : { items, limited: 'cut' };
