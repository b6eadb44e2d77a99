import type { Handler } from '../../contract/operations.ts';
import { removeConversation as remove } from '../../conversations/remove-conversation.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function deleteConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteConversation'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await remove(path.conversation_id, { store, tenant }),
  });
}
