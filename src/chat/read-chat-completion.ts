import { chatCompletionNotFound, toChatCompletionId } from './chat-completion-not-found.ts';
import type { ChatCompletion, StoredChatDeps } from './chat-deps.ts';
import { fromStoredCompletion } from './from-stored-completion.ts';

export async function readChatCompletion(id: string, { store, tenant }: StoredChatDeps): Promise<ChatCompletion> {
  const stored = await store.chatCompletions.get(tenant, toChatCompletionId(id));
  if (!stored) throw chatCompletionNotFound(id);
  return fromStoredCompletion(stored);
}
