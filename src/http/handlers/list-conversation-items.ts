import type { Handler } from '../../contract/operations.ts';
import { listItems } from '../../conversations/list-items.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';

export function listConversationItems({ store }: Pick<HandlerDeps, 'store'>): Handler<'listConversationItems'> {
  return async ({ path, query, tenant }) => {
    const page = await listItems(path.conversation_id, toPageRequest(query, 'desc'), { store, tenant });
    return { kind: 'json', status: 200, body: toList({ ...page, data: page.data.map(fromStoredItem) }) };
  };
}
