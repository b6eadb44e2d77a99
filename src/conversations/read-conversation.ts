import type { Schemas } from '../contract/types.ts';
import { conversationNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';
import { toConversation } from './to-conversation.ts';

export async function readConversation(
  id: string,
  { store, tenant }: ConversationsDeps,
): Promise<Schemas['Conversation']> {
  const stored = await store.conversations.get(tenant, toConversationId(id));
  if (!stored) throw conversationNotFound(id);
  return toConversation(stored);
}
