import { toCursorList } from '../../../admin/to-cursor-list.ts';
import type { Handler } from '../../../contract/operations.ts';
import { omitUndefined } from '../../../json/omit-undefined.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toCursorRequest } from '../../to-cursor-request.ts';

export function listAllConversations({ store }: Pick<HandlerDeps, 'store'>): Handler<'listAllConversations'> {
  return async ({ query }) => {
    const { id, tenant } = query;
    const page = await store.conversations.search({
      ...toCursorRequest('conversations', query),
      ...omitUndefined({ id, tenant }),
    });
    const list = toCursorList('conversations', page, ({ createdAt, ...conversation }) => ({
      ...{ id: conversation.id, object: 'conversation.summary' as const, tenant: conversation.tenant },
      ...{ created_at: createdAt, items: conversation.items, metadata: conversation.metadata },
    }));
    return ok(list);
  };
}
