import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound, itemNotFound } from '../../errors/not-found.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversation } from '../to-conversation.ts';
import { toConversationId } from '../to-stored-id.ts';

/** Deletes an item and replies with its conversation. */
export function deleteConversationItem({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteConversationItem'> {
  return async ({ path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    const result = await store.conversations.deleteItem(tenant, id, path.item_id);
    if (result === 'no-item') throw itemNotFound(path.item_id);
    const stored = result === 'deleted' ? await store.conversations.get(tenant, id) : undefined;
    if (!stored) throw conversationNotFound(id);
    return ok(toConversation(stored));
  };
}
