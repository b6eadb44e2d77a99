import type { Schemas } from '../contract/types.ts';
import { chatCompletionNotFound, toChatCompletionId } from './chat-completion-not-found.ts';
import type { StoredChatDeps } from './chat-deps.ts';

export async function removeChatCompletion(
  id: string,
  { store, tenant }: StoredChatDeps,
): Promise<Schemas['DeletedChatCompletion']> {
  if (!(await store.chatCompletions.delete(tenant, toChatCompletionId(id)))) throw chatCompletionNotFound(id);
  return { id, object: 'chat.completion.deleted', deleted: true };
}
