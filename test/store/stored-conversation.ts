import { createConversationId, createItemId } from '../../src/ids.ts';
import type { NewConversation } from '../../src/store/conversation-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoredItem } from '../../src/store/stored-item.ts';
import { tenant } from './stored-response.ts';

export const createItem = (text: string, id = createItemId('msg')): StoredItem => ({ id, type: 'message', text });

/** Creates one item per letter. */
export const createItems = (letters: string): StoredItem[] => Array.from(letters, (letter) => createItem(letter));

/** Creates a conversation without items. */
export function createConversation(fields: Partial<NewConversation> = {}): NewConversation {
  return { id: createConversationId(), tenant, createdAt: 1_700_000_000, metadata: {}, items: [], ...fields };
}

/** Creates and stores a conversation. */
export async function keepConversation(store: Store, fields: Partial<NewConversation> = {}): Promise<NewConversation> {
  const conversation = createConversation(fields);
  await store.conversations.create(conversation);
  return conversation;
}
