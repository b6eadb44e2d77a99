import { conversationNotFound, responseNotFound } from '../errors/not-found.ts';
import type { Services } from '../services.ts';

type StoreDeps = Pick<Services, 'store'>;

/** Returns the tenant that owns a stored response. Throws `response_not_found`. */
export async function findResponseOwner(id: string, { store }: StoreDeps): Promise<string> {
  const found = await store.responses.search({ id, limit: 1 });
  const [response] = found === 'unknown-after' ? [] : found.data;
  if (!response) throw responseNotFound(id);
  return response.tenant;
}

/** Returns the tenant that owns a conversation. Throws `conversation_not_found`. */
export async function findConversationOwner(id: string, { store }: StoreDeps): Promise<string> {
  const found = await store.conversations.search({ id, limit: 1 });
  const [conversation] = found === 'unknown-after' ? [] : found.data;
  if (!conversation) throw conversationNotFound(id);
  return conversation.tenant;
}
