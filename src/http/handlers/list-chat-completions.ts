import type { Handler } from '../../contract/operations.ts';
import { unknownAfter } from '../../errors/not-found.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { fromStoredCompletion } from '../from-stored-completion.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';

export function listChatCompletions({ store }: Pick<HandlerDeps, 'store'>): Handler<'listChatCompletions'> {
  return async ({ query, tenant }) => {
    const { model, metadata } = query;
    const filters = omitUndefined({ model, metadata });
    const page = await store.chatCompletions.list(tenant, { ...toPageRequest(query, 'asc'), ...filters });
    if (page === 'unknown-after') throw unknownAfter('chat completion', query.after);
    return ok(toList({ ...page, data: page.data.map(fromStoredCompletion) }));
  };
}
