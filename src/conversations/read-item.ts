import type { Schemas } from '../contract/types.ts';
import { fromStoredItem } from '../items/from-stored-item.ts';
import { conversationNotFound, itemNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';

export async function readItem(
  id: string,
  itemId: string,
  { store, tenant }: ConversationsDeps,
): Promise<Schemas['Item']> {
  const item = await store.conversations.item(tenant, toConversationId(id), itemId);
  if (item === 'no-conversation') throw conversationNotFound(id);
  if (item === 'no-item') throw itemNotFound(itemId);
  return fromStoredItem(item);
}
