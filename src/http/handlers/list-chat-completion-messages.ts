import type { Handler } from '../../contract/operations.ts';
import type { Schemas } from '../../contract/types.ts';
import { chatCompletionNotFound, unknownAfter } from '../../errors/not-found.ts';
import { toPage } from '../../store/to-page.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';
import { toChatCompletionId } from '../to-stored-id.ts';

/** Lists the messages that a stored completion answers. */
export function listChatCompletionMessages({
  store,
}: Pick<HandlerDeps, 'store'>): Handler<'listChatCompletionMessages'> {
  return async ({ path, query, tenant }) => {
    const id = toChatCompletionId(path.completion_id);
    const stored = await store.chatCompletions.get(tenant, id);
    if (!stored) throw chatCompletionNotFound(id);
    // The store holds messages in the form that `toStoredMessages` made.
    const messages = stored.messages as Schemas['StoredChatMessage'][];
    const page = toPage(messages, toPageRequest(query, 'asc'));
    if (page === 'unknown-after') throw unknownAfter('message', query.after);
    return ok(toList(page));
  };
}
