import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound } from '../../errors/not-found.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversationId } from '../to-stored-id.ts';

/** Deletes a conversation with its items. Responses created in it stay. */
export function deleteConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteConversation'> {
  return async ({ path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    if (!(await store.conversations.delete(tenant, id))) throw conversationNotFound(id);
    return ok({ id, object: 'conversation.deleted', deleted: true });
  };
}
