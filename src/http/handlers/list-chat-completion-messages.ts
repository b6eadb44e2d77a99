import { listMessages } from '../../chat/list-messages.ts';
import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';

export function listChatCompletionMessages({
  store,
}: Pick<HandlerDeps, 'store'>): Handler<'listChatCompletionMessages'> {
  return async ({ path, query, tenant }) => {
    const page = await listMessages(path.completion_id, toPageRequest(query, 'asc'), { store, tenant });
    return { kind: 'json', status: 200, body: toList(page) };
  };
}
