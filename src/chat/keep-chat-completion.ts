import type { ChatCompletionId } from '../ids.ts';
import type { ChatCompletion, ChatRequest, StoredChatDeps } from './chat-deps.ts';
import { toStoredMessages } from './to-stored-messages.ts';

/** Stores a completion with the messages it answers. Resolves once a later read is certain to see it. */
export async function keepChatCompletion(
  { messages, metadata }: ChatRequest,
  { id, completion }: { id: ChatCompletionId; completion: ChatCompletion },
  { store, tenant }: StoredChatDeps,
): Promise<void> {
  await store.chatCompletions.put({
    id,
    tenant,
    createdAt: completion.created,
    model: completion.model,
    metadata: metadata ?? {},
    messages: toStoredMessages(messages, id),
    resource: { ...completion },
  });
}
