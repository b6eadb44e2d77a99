import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { conversationNotFound, toConversationId } from './conversation-not-found.ts';
import type { KeepingDeps } from './conversations-deps.ts';
import { toNewItems } from './to-new-items.ts';

/** Appends items; gives them back as they were stored. */
export async function addItems(
  id: string,
  { items }: Schemas['CreateConversationItemsRequest'],
  deps: KeepingDeps,
): Promise<StoredItem[]> {
  const conversationId = toConversationId(id);
  const { store, tenant, expiresAt } = deps;
  await deps.admitStorage(tenant, items);
  const added = await toNewItems(items, deps);
  if (!(await store.conversations.append(tenant, conversationId, added, expiresAt))) throw conversationNotFound(id);
  return added;
}
