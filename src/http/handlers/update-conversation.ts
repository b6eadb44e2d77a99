import type { Handler } from '../../contract/operations.ts';
import { updateConversation as update } from '../../conversations/update-conversation.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function updateConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'updateConversation'> {
  return async ({ body, path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await update(path.conversation_id, body, { store, tenant }),
  });
}
