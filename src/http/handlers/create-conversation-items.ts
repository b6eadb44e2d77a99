import type { Handler } from '../../contract/operations.ts';
import { addItems } from '../../conversations/add-items.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toList } from '../to-list.ts';

export function createConversationItems({
  store,
  expiresAt,
}: Pick<HandlerDeps, 'store' | 'expiresAt'>): Handler<'createConversationItems'> {
  return async ({ body, path, tenant }) => {
    const added = await addItems(path.conversation_id, body, { store, tenant, expiresAt: expiresAt(tenant) });
    return { kind: 'json', status: 200, body: toList({ data: added.map(fromStoredItem), hasMore: false }) };
  };
}
