import type { Handler } from '../../contract/operations.ts';
import { readItem as read } from '../../conversations/read-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getConversationItem({ store }: Pick<HandlerDeps, 'store'>): Handler<'getConversationItem'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await read(path.conversation_id, path.item_id, { store, tenant }),
  });
}
