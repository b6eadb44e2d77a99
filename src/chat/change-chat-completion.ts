import type { Schemas } from '../contract/types.ts';
import { chatCompletionNotFound, toChatCompletionId } from './chat-completion-not-found.ts';
import type { ChatCompletion, StoredChatDeps } from './chat-deps.ts';
import { fromStoredCompletion } from './from-stored-completion.ts';

/** Replaces the metadata. */
export async function changeChatCompletion(
  id: string,
  { metadata }: Schemas['UpdateChatCompletionRequest'],
  { store, tenant }: StoredChatDeps,
): Promise<ChatCompletion> {
  const stored = await store.chatCompletions.updateMetadata(tenant, toChatCompletionId(id), metadata ?? {});
  if (!stored) throw chatCompletionNotFound(id);
  return fromStoredCompletion(stored);
}
