import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound } from '../../errors/not-found.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import { openFor } from '../../items/open-sealed.ts';
import { toNewItems } from '../../items/to-new-items.ts';
import { ok } from '../ok.ts';
import { toList } from '../to-list.ts';
import { toConversationId } from '../to-stored-id.ts';
import type { NewItemsDeps } from './create-conversation.ts';

export function createConversationItems({
  store,
  sealer,
  history,
  ...deps
}: NewItemsDeps): Handler<'createConversationItems'> {
  return async ({ body, path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    await deps.admitStorage(tenant, body.items);
    const items = await toNewItems(body.items, { store, tenant, history, open: openFor(sealer, tenant) });
    const isFound = await store.conversations.append(tenant, id, items, deps.expiresAt(tenant));
    if (!isFound) throw conversationNotFound(id);
    return ok(toList({ data: items.map(fromStoredItem), hasMore: false }));
  };
}
