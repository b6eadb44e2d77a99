import type { Handler } from '../../contract/operations.ts';
import { chatCompletionNotFound } from '../../errors/not-found.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toChatCompletionId } from '../to-stored-id.ts';

export function deleteChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteChatCompletion'> {
  return async ({ path, tenant }) => {
    const id = toChatCompletionId(path.completion_id);
    if (!(await store.chatCompletions.delete(tenant, id))) throw chatCompletionNotFound(id);
    return ok({ id, object: 'chat.completion.deleted', deleted: true });
  };
}
