import { findChatCompletions } from '../../chat/find-chat-completions.ts';
import type { Handler } from '../../contract/operations.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';

export function listChatCompletions({ store }: Pick<HandlerDeps, 'store'>): Handler<'listChatCompletions'> {
  return async ({ query, tenant }) => {
    const { model, metadata } = query;
    const filters = omitUndefined({ model, metadata });
    const page = await findChatCompletions({ ...toPageRequest(query, 'asc'), ...filters }, { store, tenant });
    return { kind: 'json', status: 200, body: toList(page) };
  };
}
