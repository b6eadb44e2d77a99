import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound } from '../../errors/not-found.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversation } from '../to-conversation.ts';
import { toConversationId } from '../to-stored-id.ts';

/** Replaces the metadata of a conversation. */
export function updateConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'updateConversation'> {
  return async ({ body, path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    const stored = await store.conversations.update(tenant, id, body.metadata ?? {});
    if (!stored) throw conversationNotFound(id);
    return ok(toConversation(stored));
  };
}
