import type { ChatCompletionId } from '../ids.ts';
import type { ChatCompletion, ChatRequest, StoredChatDeps } from './chat-deps.ts';
import { toEcho } from './to-echo.ts';
import { toStoredMessages } from './to-stored-messages.ts';

export interface KeptCompletion {
  id: ChatCompletionId;
  completion: ChatCompletion;
  /** Unix seconds; `undefined`: never. */
  expiresAt: number | undefined;
}

/** Stores a completion with the messages it answers. Resolves once a later read is certain to see it. */
export async function keepChatCompletion(
  request: ChatRequest,
  { id, completion, expiresAt }: KeptCompletion,
  { store, tenant }: StoredChatDeps,
): Promise<void> {
  await store.chatCompletions.put({
    id,
    tenant,
    createdAt: completion.created,
    expiresAt,
    model: completion.model,
    metadata: toEcho(request).metadata,
    messages: toStoredMessages(request.messages, id),
    resource: { ...completion },
  });
}
