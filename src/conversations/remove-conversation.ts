import type { Schemas } from '../contract/types.ts';
import { conversationNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';

/** Deletes a conversation with its items. The responses that were said in it stay. */
export async function removeConversation(
  id: string,
  { store, tenant }: ConversationsDeps,
): Promise<Schemas['DeletedConversation']> {
  if (!(await store.conversations.delete(tenant, toConversationId(id)))) throw conversationNotFound(id);
  return { id, object: 'conversation.deleted', deleted: true };
}
