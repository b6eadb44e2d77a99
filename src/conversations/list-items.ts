import { ApiError } from '../errors/api-error.ts';
import type { Page, PageRequest } from '../store/page.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { conversationNotFound, toConversationId } from './conversation-not-found.ts';
import type { ConversationsDeps } from './conversations-deps.ts';

export async function listItems(
  id: string,
  page: PageRequest,
  { store, tenant }: ConversationsDeps,
): Promise<Page<StoredItem>> {
  const result = await store.conversations.items(tenant, toConversationId(id), page);
  if (!result) throw conversationNotFound(id);
  if (result === 'unknown-after') {
    throw new ApiError('invalid_value', `No item with id '${page.after}' in this list.`, { param: 'after' });
  }
  return result;
}
