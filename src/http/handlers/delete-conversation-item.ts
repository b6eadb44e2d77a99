import type { Handler } from '../../contract/operations.ts';
import { removeItem as remove } from '../../conversations/remove-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function deleteConversationItem({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteConversationItem'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await remove(path.conversation_id, path.item_id, { store, tenant }),
  });
}
