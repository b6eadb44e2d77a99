import type { Schemas } from '../contract/types.ts';
import { conversationNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';
import { toConversation } from './to-conversation.ts';

/** Replaces the metadata. */
export async function updateConversation(
  id: string,
  { metadata }: Schemas['UpdateConversationRequest'],
  { store, tenant }: ConversationsDeps,
): Promise<Schemas['Conversation']> {
  const stored = await store.conversations.update(tenant, toConversationId(id), metadata ?? {});
  if (!stored) throw conversationNotFound(id);
  return toConversation(stored);
}
