import type { Schemas } from '../contract/types.ts';
import { createConversationId } from '../ids.ts';
import type { KeepingDeps } from './conversations-deps.ts';
import { toConversation } from './to-conversation.ts';
import { toNewItems } from './to-new-items.ts';

export async function createConversation(
  request: Schemas['CreateConversationRequest'],
  deps: KeepingDeps,
): Promise<Schemas['Conversation']> {
  const conversation = {
    id: createConversationId(),
    createdAt: Math.floor(Date.now() / 1000),
    metadata: request.metadata ?? {},
  };
  const { store, tenant, expiresAt } = deps;
  await deps.admitStorage(tenant, request);
  const items = await toNewItems(request.items ?? [], deps);
  await store.conversations.create({ ...conversation, tenant, items, expiresAt });
  return toConversation(conversation);
}
