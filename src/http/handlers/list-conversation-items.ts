import type { Handler } from '../../contract/operations.ts';
import { conversationNotFound, unknownAfter } from '../../errors/not-found.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';
import { toConversationId } from '../to-stored-id.ts';

export function listConversationItems({ store }: Pick<HandlerDeps, 'store'>): Handler<'listConversationItems'> {
  return async ({ path, query, tenant }) => {
    const id = toConversationId(path.conversation_id);
    const page = await store.conversations.items(tenant, id, toPageRequest(query, 'desc'));
    if (!page) throw conversationNotFound(id);
    if (page === 'unknown-after') throw unknownAfter('item', query.after);
    return ok(toList({ ...page, data: page.data.map(fromStoredItem) }));
  };
}
