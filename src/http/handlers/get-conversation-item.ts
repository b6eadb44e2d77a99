import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound, itemNotFound } from '../../errors/not-found.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversationId } from '../to-stored-id.ts';

export function getConversationItem({ store }: Pick<HandlerDeps, 'store'>): Handler<'getConversationItem'> {
  return async ({ path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    const item = await store.conversations.item(tenant, id, path.item_id);
    if (item === 'no-conversation') throw conversationNotFound(id);
    if (item === 'no-item') throw itemNotFound(path.item_id);
    return ok(fromStoredItem(item));
  };
}
