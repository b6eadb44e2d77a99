import type { Handler } from '../../contract/operations.ts';
import { readConversation as read } from '../../conversations/read-conversation.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'getConversation'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await read(path.conversation_id, { store, tenant }),
  });
}
