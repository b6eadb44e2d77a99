import type { ChatCompletionId } from '../../ids.ts';
import type { Store } from '../../store/store.ts';
import type { ChatCompletion, ChatRequest } from '../chat-deps.ts';
import { toEcho } from '../plan/to-echo.ts';
import { toStoredMessages } from './to-stored-messages.ts';

export interface NewCompletion {
  id: ChatCompletionId;
  completion: ChatCompletion;
  /** Unix seconds; `undefined`: never. */
  expiresAt: number | undefined;
}

/** Stores a completion with the messages of its request. Later reads are certain to find it. */
export async function storeChatCompletion(
  request: ChatRequest,
  { id, completion, expiresAt }: NewCompletion,
  { store, tenant }: { store: Store; tenant: string },
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
