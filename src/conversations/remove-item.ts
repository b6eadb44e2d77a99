import type { Schemas } from '../contract/types.ts';
import { conversationNotFound, itemNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';
import { readConversation } from './read-conversation.ts';

/** Takes an item out of a conversation; gives the conversation back. */
export async function removeItem(
  id: string,
  itemId: string,
  { store, tenant }: ConversationsDeps,
): Promise<Schemas['Conversation']> {
  const result = await store.conversations.deleteItem(tenant, toConversationId(id), itemId);
  if (result === 'no-conversation') throw conversationNotFound(id);
  if (result === 'no-item') throw itemNotFound(itemId);
  return readConversation(id, { store, tenant });
}
