import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound } from '../../errors/not-found.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversation } from '../to-conversation.ts';
import { toConversationId } from '../to-stored-id.ts';

export function getConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'getConversation'> {
  return async ({ path, tenant }) => {
    const id = toConversationId(path.conversation_id);
    const stored = await store.conversations.get(tenant, id);
    if (!stored) throw conversationNotFound(id);
    return ok(toConversation(stored));
  };
}
